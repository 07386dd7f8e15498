package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.cli.config.RunConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a measurement was made with. */
final class Setting {
  private Setting() {}

  /** Engine, device, threads, precision and model as a tree. */
  static Map<String, Object> of(RunConfig config, Backend backend) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("engine", backend.name());
    tree.put("engine_version", backend.version());
    tree.put("device", backend.device().description());
    tree.put("threads", Engines.threads(config.backend()));
    tree.put("precision", config.backend().precision().name().toLowerCase(Locale.ROOT));
    tree.put("model", config.model().size().name().toLowerCase(Locale.ROOT));
    return tree;
  }
}
