package io.mae4j.cli.run;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The settings of {@code mae quickstart}, as a file of {@code key: value} lines. */
public final class QuickstartRecipe {
  /** The file's name. */
  public static final String NAME = "quickstart.yaml";

  private QuickstartRecipe() {}

  /** The file's text. */
  public static String text() {
    try (InputStream stream = QuickstartRecipe.class.getResourceAsStream(NAME)) {
      if (stream == null) {
        throw new FileNotFoundException(NAME);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.INTERNAL, "the quickstart's recipe cannot be read", e);
    }
  }
}
