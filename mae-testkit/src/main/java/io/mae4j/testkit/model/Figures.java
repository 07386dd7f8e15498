package io.mae4j.testkit.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps measured differences from official values, so that a page can be made of them. With {@code
 * -Dmae.fidelity.update=true} each becomes a line of {@value #FILE} in the module under test:
 * quantity, engine, difference, with tabs between.
 */
public final class Figures {
  /** Property: whether differences are kept. */
  public static final String UPDATE = "mae.fidelity.update";

  /** Where they are kept. */
  public static final String FILE = "target/fidelity.tsv";

  /** The engine of what is computed in plain Java, the same for all engines. */
  public static final String EVERY_ENGINE = "every";

  private Figures() {}

  /** Keeps a difference of a quantity that no engine computes. */
  public static void keep(String quantity, double difference) {
    keep(quantity, EVERY_ENGINE, difference);
  }

  /** Keeps a difference, relative to the largest element. */
  public static void keep(String quantity, String engine, double difference) {
    if (!Boolean.getBoolean(UPDATE)) {
      return;
    }
    try {
      Files.writeString(
          Path.of(FILE),
          quantity + "\t" + engine + "\t" + difference + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
