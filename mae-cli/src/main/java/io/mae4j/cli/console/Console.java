package io.mae4j.cli.console;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, hints and errors
 * @param terminal whether a person watches the progress, so that a line may be overwritten
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal) {
  private static final String TERMINAL = "mae.terminal";

  /**
   * The process's own streams. The launcher says in {@code mae.terminal} whether errors go to a
   * terminal.
   */
  public static Console system() {
    Charset charset =
        Charset.forName(System.getProperty("native.encoding", StandardCharsets.UTF_8.name()));
    return new Console(
        new PrintWriter(System.out, true, charset),
        new PrintWriter(System.err, true, charset),
        Boolean.getBoolean(TERMINAL));
  }

  /** Writes a line of a result. */
  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes a line about what happens. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }
}
