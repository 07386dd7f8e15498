package io.mae4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DjlBackendProviderTest {

  @Test
  void isFoundAsAServiceUnderItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("djl");
  }

  @Test
  void listsTheCpuFirst() {
    assertThat(new DjlBackendProvider().devices()).extracting(Device::name).startsWith("cpu");
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    assertThatThrownBy(() -> new DjlBackendProvider().open(new BackendOptions("gpu:99", 1)))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("gpu:99")
        .hasMessageContaining("[cpu")
        .extracting(failure -> ((MaeException) failure).kind())
        .isEqualTo(ErrorKind.RESOURCE);
  }

  @Test
  void namesTheVersionsThatDecideItsNumbers() {
    try (Backend backend = new DjlBackendProvider().open(BackendOptions.cpu())) {
      assertThat(backend.version()).matches("PyTorch \\d+\\.\\d+\\.\\d+.*, DJL \\d+\\.\\d+\\.\\d+");
      assertThat(backend.device().name()).isEqualTo("cpu");
    }
  }
}
