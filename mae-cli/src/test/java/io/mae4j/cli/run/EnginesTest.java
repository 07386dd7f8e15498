package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.Precision;
import io.mae4j.cli.config.BackendConfig;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  void slowBfloat16IsToldBeforehand() {
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu())) {
      assertThat(Engines.lines(backend, config(Precision.FP32))).hasSize(1);
      assertThat(Engines.lines(backend, config(Precision.BF16)))
          .hasSize(2)
          .last()
          .asString()
          .contains("takes longer than fp32");
    }
  }

  private static BackendConfig config(Precision precision) {
    return new BackendConfig(Optional.empty(), "cpu", Optional.empty(), precision, false);
  }
}
