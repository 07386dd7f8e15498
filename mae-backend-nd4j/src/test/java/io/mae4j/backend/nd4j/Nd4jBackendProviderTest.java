package io.mae4j.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class Nd4jBackendProviderTest {

  @Test
  void isFoundAsAServiceUnderItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("nd4j");
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    assertThatThrownBy(() -> new Nd4jBackendProvider().open(new BackendOptions("gpu:99", 1)))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("gpu:99")
        .hasMessageContaining("[cpu")
        .extracting(failure -> ((MaeException) failure).kind())
        .isEqualTo(ErrorKind.RESOURCE);
  }

  @Test
  void namesTheVersionThatDecidesItsNumbers() {
    try (Backend backend = new Nd4jBackendProvider().open(BackendOptions.cpu())) {
      assertThat(backend.version()).matches("ND4J \\d+\\.\\d+\\.\\d+.*");
    }
  }
}
