package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.data.Dataset;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.data.dataset.DataFingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a checkpoint comes from: everything its bytes depend on, and nothing that changes when the
 * run is repeated.
 */
final class Provenance {
  private Provenance() {}

  static Map<String, String> of(RunConfig config, Dataset data, Backend backend) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("mae4j", Version.current());
    provenance.put("engine", backend.name() + ": " + backend.version());
    provenance.put("device", backend.device().description());
    provenance.put("threads", String.valueOf(Engines.threads(config.backend())));
    provenance.put("java", Runtime.version().toString());
    provenance.put("data", data.name());
    provenance.put("images", String.valueOf(data.size()));
    if (!data.leftOut().isNothing()) {
      provenance.put("left_out", data.leftOut().toString());
    }
    provenance.put("data_sha256", DataFingerprint.of(data).sha256());
    provenance.put("seed", String.valueOf(config.recipe().seed()));
    return provenance;
  }

  /** Says what keeps a resumed run from being that of an uninterrupted one. */
  static void compare(Map<String, String> before, Map<String, String> now, Console console) {
    for (String key : List.of("engine", "threads", "data_sha256", "seed")) {
      String is = now.getOrDefault(key, "");
      String was = before.getOrDefault(key, is);
      if (!was.equals(is)) {
        console.note(
            "Note: "
                + key
                + " was "
                + was
                + " and is "
                + is
                + " now; the result is not that of an uninterrupted run");
      }
    }
  }
}
