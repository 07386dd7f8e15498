package io.mae4j.eval.compare;

import io.mae4j.api.eval.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as plain text. */
public final class ComparisonTable {
  private static final String GAP = "   ";

  private ComparisonTable() {}

  /**
   * Heading, one line for each representation, and the settings of each evaluator; lines end with a
   * line feed.
   */
  public static String text(Comparison comparison) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("representation", "vector", "width"));
    head.addAll(comparison.evaluators());
    cells.add(head);
    for (Comparison.Row row : comparison.rows()) {
      List<String> line =
          new ArrayList<>(
              List.of(row.representation(), row.detail(), Integer.toString(row.width())));
      for (Evaluation evaluation : row.evaluations().values()) {
        line.add(String.format(Locale.ROOT, "%.1f", evaluation.accuracy()));
      }
      cells.add(line);
    }
    StringBuilder text = new StringBuilder(comparison.setting()).append("\n\n");
    for (List<String> line : cells) {
      for (int column = 0; column < head.size(); column++) {
        int place = column;
        int width = cells.stream().mapToInt(row -> row.get(place).length()).max().orElse(0);
        boolean words = column < 2;
        text.append(column == 0 ? "" : GAP)
            .append(
                String.format(
                    Locale.ROOT, "%" + (words ? "-" : "") + width + "s", line.get(column)));
      }
      text.append('\n');
    }
    text.append('\n');
    for (String evaluator : comparison.evaluators()) {
      text.append(evaluator).append(": ").append(settings(comparison, evaluator)).append('\n');
    }
    return text.toString();
  }

  /** An evaluator's settings on one line, for example {@code k 20, temperature 0.07}. */
  public static String settings(Comparison comparison, String evaluator) {
    return comparison.settings(evaluator).entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
