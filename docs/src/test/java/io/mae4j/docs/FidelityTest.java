package io.mae4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.testkit.model.Figures;
import io.mae4j.testkit.model.Quantity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/fidelity.md. They are written anew, from what the tests before this one
 * measured, with {@code ./mvnw test -Dgroups=official -Dmae.fidelity.update=true}; otherwise they
 * are checked for being whole and within the limits that those tests hold, not for their digits,
 * which differ between processors.
 */
@Tag("official")
class FidelityTest {
  private static final Path PAGE = Path.of("fidelity.md");
  private static final String BEGIN = "<!-- figures: begin -->\n";
  private static final String END = "<!-- figures: end -->\n";
  private static final String REFERENCE = "reference";
  private static final List<String> ENGINES = List.of(REFERENCE, "djl", "nd4j");
  private static final String EQUAL = "equal";

  /** What no engine computes, with the largest difference that its test allows. */
  private static final Map<String, Double> PLAIN = plain();

  private static Map<String, Double> plain() {
    Map<String, Double> limits = new LinkedHashMap<>();
    limits.put("names, shapes and counts", 0.0);
    limits.put("patches kept", 0.0);
    limits.put("position tables", 1e-12);
    limits.put("position tables of another grid", 1e-12);
    limits.put("learning rate over the epochs", 1e-12);
    limits.put("layer-wise decay groups", 1e-12);
    limits.put("stochastic depth", 1e-6);
    limits.put("mixup and CutMix: images", 1e-6);
    limits.put("mixup and CutMix: targets", 1e-7);
    limits.put("bicubic crops", 0.0);
    limits.put("evaluation: resize and centre crop", 0.0);
    return limits;
  }

  @Test
  void everyQuantityIsOnThePageForEveryEngineAndWithinItsLimit() throws IOException {
    if (Boolean.getBoolean(Figures.UPDATE)) {
      write(measured());
    }
    Map<String, List<String>> rows = rows();
    for (Quantity quantity : Quantity.values()) {
      List<String> row = row(rows, quantity.title());
      assertThat(row).hasSize(1 + ENGINES.size() + 2);
      for (int i = 0; i < ENGINES.size(); i++) {
        assertThat(figure(row.get(1 + i)))
            .as("%s on %s", quantity.title(), ENGINES.get(i))
            .isLessThanOrEqualTo(quantity.limit(ENGINES.get(i).equals(REFERENCE)));
      }
    }
    PLAIN.forEach(
        (title, limit) ->
            assertThat(figure(row(rows, title).get(1))).as(title).isLessThanOrEqualTo(limit));
    assertThat(rows).hasSize(Quantity.values().length + PLAIN.size());
  }

  private static List<String> row(Map<String, List<String>> rows, String title) {
    return Objects.requireNonNull(rows.get(title), () -> "docs/fidelity.md has no row: " + title);
  }

  private static double figure(String cell) {
    return cell.equals(EQUAL) ? 0 : Double.parseDouble(cell);
  }

  /** The rows between the marks by their first cell, without headings. */
  private static Map<String, List<String>> rows() throws IOException {
    String page = Files.readString(PAGE);
    Map<String, List<String>> rows = new LinkedHashMap<>();
    page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| quantity"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList())
        .forEach(cells -> rows.put(cells.get(0), cells));
    return rows;
  }

  /** The largest difference of each quantity on each engine; the files are used up. */
  private static Map<String, Map<String, Double>> measured() throws IOException {
    Map<String, Map<String, Double>> largest = new TreeMap<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "mae-*")) {
      for (Path module : modules) {
        Path file = module.resolve(Figures.FILE);
        if (Files.exists(file)) {
          for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\t", -1);
            largest
                .computeIfAbsent(cells[0], quantity -> new TreeMap<>())
                .merge(cells[1], Double.valueOf(cells[2]), Math::max);
          }
          Files.delete(file);
        }
      }
    }
    return largest;
  }

  private static void write(Map<String, Map<String, Double>> measured) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| quantity | " + String.join(" | ", ENGINES) + " | official in float32 | limit |");
    lines.add("|---|---|---|---|---|---|");
    for (Quantity quantity : Quantity.values()) {
      List<String> cells = new ArrayList<>(List.of(quantity.title()));
      ENGINES.forEach(engine -> cells.add(print(largest(measured, quantity.title(), engine))));
      double official = quantity.officialInFloat();
      cells.add(Double.isNaN(official) ? "" : print(official));
      cells.add(print(quantity.limit(true)) + ", " + print(quantity.limit(false)));
      lines.add("| " + String.join(" | ", cells) + " |");
    }
    lines.add("");
    lines.add("| quantity | every engine | limit |");
    lines.add("|---|---|---|");
    PLAIN.forEach(
        (title, limit) ->
            lines.add(
                "| "
                    + title
                    + " | "
                    + print(largest(measured, title, Figures.EVERY_ENGINE))
                    + " | "
                    + print(limit)
                    + " |"));
    String page = Files.readString(PAGE);
    Files.writeString(
        PAGE,
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + String.join("\n", lines)
            + "\n\n"
            + page.substring(page.indexOf(END)));
  }

  private static double largest(
      Map<String, Map<String, Double>> measured, String title, String engine) {
    Double figure = measured.getOrDefault(title, Map.of()).get(engine);
    assertThat(figure).as("'%s' was measured on %s", title, engine).isNotNull();
    return Objects.requireNonNull(figure);
  }

  private static String print(double figure) {
    return figure == 0 ? EQUAL : String.format(Locale.ROOT, "%.1e", figure);
  }
}
