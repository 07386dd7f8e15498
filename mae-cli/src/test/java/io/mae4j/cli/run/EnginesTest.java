package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Precision;
import io.mae4j.cli.config.BackendConfig;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.registry.Registry;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void whoComputesActivationsAgainOpensASparingEngineHoweverItWasSaid() {
    RunConfig plain = new ConfigLoader().yaml("config.yaml", "threads: 1").load();
    RunConfig sparing =
        new ConfigLoader().yaml("config.yaml", "checkpoint-activations: true").load();
    List<BackendOptions> opened = new ArrayList<>();
    Engines engines =
        new Engines(
            new Registry<>(
                "engine", Map.of("reference", new Noted(new ReferenceBackendProvider(), opened))));

    engines.open(plain.backend()).close();
    engines.open(sparing.backend()).close();

    assertThat(opened).extracting(BackendOptions::sparing).containsExactly(false, true);
  }

  /** An engine, with a note of what it is opened with. */
  private record Noted(BackendProvider engine, List<BackendOptions> opened)
      implements BackendProvider {
    @Override
    public String name() {
      return engine.name();
    }

    @Override
    public String description() {
      return engine.description();
    }

    @Override
    public List<Device> devices() {
      return engine.devices();
    }

    @Override
    public Backend open(BackendOptions options) {
      opened.add(options);
      return engine.open(options);
    }
  }
}
