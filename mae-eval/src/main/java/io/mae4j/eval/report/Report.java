package io.mae4j.eval.report;

import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.draw.FileOutput;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's page shows.
 *
 * @param title the run's name
 * @param summary what was trained on what, in a sentence or two
 * @param facts what matters at a glance, by name, for example {@code final loss} → {@code 0.518}
 * @param comparison what pre-training gained, when it was measured
 * @param figures the pictures, in order
 * @param config the effective configuration as a tree of maps, lists, strings, numbers and booleans
 * @param provenance where the result comes from, by name
 */
public record Report(
    String title,
    String summary,
    Map<String, String> facts,
    Optional<Comparison> comparison,
    List<Figure> figures,
    Map<String, Object> config,
    Map<String, String> provenance) {

  /** Copies the collections, keeping their order. */
  public Report {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    figures = List.copyOf(figures);
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /**
   * A picture with its heading.
   *
   * @param heading what it shows
   * @param text what a reader should know about it; also stands for the picture where it cannot be
   *     seen
   * @param picture the picture itself
   */
  public record Figure(String heading, String text, BufferedImage picture) {

    /** The picture as the bytes of a PNG file. */
    byte[] png() {
      return FileOutput.png(picture);
    }
  }
}
