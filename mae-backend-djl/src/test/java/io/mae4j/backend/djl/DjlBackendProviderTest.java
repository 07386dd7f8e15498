package io.mae4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.testkit.ProcessMemory;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DjlBackendProviderTest {
  private static final long MIB = 1 << 20;
  private static final Shape EIGHT_MIB = new Shape(2 << 20);

  @Test
  void isFoundAsAServiceUnderItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("djl");
  }

  @Test
  void listsTheCpuFirst() {
    assertThat(new DjlBackendProvider().devices())
        .extracting(io.mae4j.api.backend.Device::name)
        .startsWith("cpu");
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

  /**
   * Arrays of 8 MiB that are free again, below one that is not. An allocator that keeps what is
   * free for later holds on to all of them once it has seen one of their size.
   */
  @Test
  void aSparingEngineGivesLargeArraysBackAtOnce() {
    try (Backend backend = new DjlBackendProvider().open(new BackendOptions("cpu", 1, true));
        NDManager last = PyTorch.engine().newBaseManager(Device.cpu())) {
      assertThat(backend.name()).isEqualTo("djl");
      try (NDManager seen = PyTorch.engine().newBaseManager(Device.cpu())) {
        seen.ones(EIGHT_MIB);
      }
      long before = ProcessMemory.bytes();
      long held;
      try (NDManager free = PyTorch.engine().newBaseManager(Device.cpu())) {
        do {
          for (int i = 0; i < 16; i++) {
            free.ones(EIGHT_MIB);
          }
          held = ProcessMemory.bytes();
        } while (held - before < 512 * MIB); // at first, places that others have left are filled
        last.ones(EIGHT_MIB);
      }
      assertThat(held - ProcessMemory.bytes()).isGreaterThan(384 * MIB);
    }
  }
}
