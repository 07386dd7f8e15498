package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Precision;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import io.mae4j.cli.config.BackendConfig;
import io.mae4j.core.graph.Recomputation;
import io.mae4j.core.graph.RecomputingBackend;
import io.mae4j.core.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/** Chooses and starts engines. */
public final class Engines {
  private static final String PREFERRED = "djl";

  private final Registry<BackendProvider> providers;

  /** Knows these engines. */
  public Engines(Registry<BackendProvider> providers) {
    this.providers = providers;
  }

  /** The engine of a configuration: the named one, otherwise the only one, otherwise djl. */
  public BackendProvider choose(BackendConfig config) {
    List<String> names = List.copyOf(providers.names());
    if (config.engine().isEmpty() && names.isEmpty()) {
      throw MaeException.plugin(
          "no engine is on the class path; the distribution holds them in lib/backends");
    }
    return providers.get(
        config.engine().orElse(names.contains(PREFERRED) ? PREFERRED : names.get(0)));
  }

  /** Starts the engine of a configuration. */
  public Backend open(BackendConfig config) {
    boolean sparing = config.checkpointActivations();
    Backend engine =
        choose(config).open(new BackendOptions(config.device(), threads(config), sparing));
    return config.checkpointActivations() ? new RecomputingBackend(engine) : engine;
  }

  /** Starts the engine of a configuration while other things are made. */
  EngineStart start(BackendConfig config) {
    return EngineStart.of(() -> open(config));
  }

  /** A program as the engine of a configuration runs it, for who looks at single operators. */
  static Program rewritten(Program program, BackendConfig config) {
    return config.checkpointActivations() ? Recomputation.of(program) : program;
  }

  /** What to tell of the engine before a long computation. */
  static List<String> lines(Backend backend, BackendConfig config) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Engine    "
            + backend.name()
            + " ("
            + backend.version()
            + ") on "
            + backend.device().description());
    if (config.precision() == Precision.BF16 && !backend.acceleratesBfloat16()) {
      lines.add(
          "          without fast products of bfloat16: --precision bf16 takes longer than fp32 here");
    }
    return lines;
  }

  /** The given number of threads, otherwise one for each processor. */
  static int threads(BackendConfig config) {
    return config.threads().orElse(Runtime.getRuntime().availableProcessors());
  }
}
