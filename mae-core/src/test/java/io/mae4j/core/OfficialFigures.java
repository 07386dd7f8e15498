package io.mae4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps measured differences from official values for docs/fidelity.md, in the lines that the
 * testkit's {@code Figures} writes; the testkit itself is built after this module.
 */
public final class OfficialFigures {
  private OfficialFigures() {}

  /** The largest difference, which is kept. */
  public static double difference(String quantity, double[] found, double[] expected) {
    assertThat(found).as(quantity).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected[i]));
    }
    keep(quantity, largest);
    return largest;
  }

  /** Keeps a difference. */
  public static void keep(String quantity, double difference) {
    if (!Boolean.getBoolean("mae.fidelity.update")) {
      return;
    }
    try {
      Files.writeString(
          Path.of("target/fidelity.tsv"),
          quantity + "\tevery\t" + difference + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
