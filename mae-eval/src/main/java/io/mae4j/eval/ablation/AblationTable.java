package io.mae4j.eval.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The finished trainings of an ablation, a row for each setting with its seeds together.
 *
 * @param axes the names of what was varied
 * @param measures what was measured, in the order of the columns
 * @param rows one for each setting
 */
public record AblationTable(List<String> axes, List<Measure> measures, List<Row> rows) {

  /**
   * One setting.
   *
   * @param setting the value of each axis by the axis's name
   * @param seeds the seeds it was trained with
   * @param values what was measured over them, by the measure's name
   */
  public record Row(Map<String, String> setting, List<Long> seeds, Map<String, Statistic> values) {

    /** The statistic of a measure. */
    public Statistic value(Measure measure) {
      return Objects.requireNonNull(values.get(measure.name()), measure.name());
    }

    /** The setting in words, for example {@code masking random:0.75, decoder-depth 4}. */
    public String label() {
      return setting.entrySet().stream()
          .map(entry -> entry.getKey() + " " + entry.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** Groups cells by their settings, in the order in which settings first appear. */
  public static AblationTable of(
      List<String> axes, List<Measure> measures, List<AblationCell> cells) {
    Map<Map<String, String>, List<AblationCell>> groups = new LinkedHashMap<>();
    for (AblationCell cell : cells) {
      groups.computeIfAbsent(cell.setting(), setting -> new ArrayList<>()).add(cell);
    }
    List<Row> rows = new ArrayList<>();
    groups.forEach((setting, group) -> rows.add(row(setting, group, measures)));
    return new AblationTable(List.copyOf(axes), List.copyOf(measures), rows);
  }

  private static Row row(
      Map<String, String> setting, List<AblationCell> group, List<Measure> measures) {
    Map<String, Statistic> values = new LinkedHashMap<>();
    for (Measure measure : measures) {
      double[] found =
          group.stream()
              .mapToDouble(cell -> Objects.requireNonNull(cell.values().get(measure.name())))
              .toArray();
      values.put(measure.name(), Statistic.of(found));
    }
    return new Row(setting, group.stream().map(AblationCell::seed).toList(), values);
  }

  /** The row of a setting, if it was finished. */
  public Optional<Row> row(Map<String, String> setting) {
    return rows.stream().filter(row -> row.setting().equals(setting)).findFirst();
  }

  /** A Markdown table; the best mean of each accuracy is bold. */
  public String markdown() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(axes);
    head.add("seeds");
    measures.forEach(measure -> head.add(measure.name()));
    lines.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      axes.forEach(axis -> line.add(row.setting().getOrDefault(axis, "")));
      line.add(row.seeds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      for (Measure measure : measures) {
        String text = text(measure, row.value(measure));
        line.add(best(measure, row) ? "**" + text + "**" : text);
      }
      lines.add(line);
    }
    return aligned(lines);
  }

  /** What does not change with the seed, such as operations, stands without a deviation. */
  private static String text(Measure measure, Statistic value) {
    return measure.accuracy() || value.deviation() > 0
        ? value.text(measure.decimals())
        : Statistic.of(value.mean()).text(measure.decimals());
  }

  private boolean best(Measure measure, Row row) {
    double mean = row.value(measure).mean();
    return measure.accuracy()
        && rows.size() > 1
        && rows.stream().allMatch(other -> other.value(measure).mean() <= mean);
  }

  private String aligned(List<List<String>> lines) {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Math.max(3, line.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < lines.size(); row++) {
      text.append('|');
      for (int i = 0; i < columns; i++) {
        String cell = lines.get(row).get(i);
        String blank = " ".repeat(widths[i] - cell.length());
        boolean words = i <= axes.size();
        text.append(' ').append(words ? cell + blank : blank + cell).append(" |");
      }
      text.append('\n');
      if (row == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  private void rule(StringBuilder text, int... widths) {
    text.append('|');
    for (int i = 0; i < widths.length; i++) {
      boolean words = i <= axes.size();
      text.append('-').append("-".repeat(widths[i])).append(words ? "-|" : ":|");
    }
    text.append('\n');
  }

  /** Lines of comma-separated values: axes, number of seeds, mean and deviation of each measure. */
  public String csv() {
    List<String> head = new ArrayList<>(axes);
    head.add("seeds");
    for (Measure measure : measures) {
      head.add(measure.name() + " mean");
      head.add(measure.name() + " sd");
    }
    StringBuilder text = new StringBuilder(line(head));
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      axes.forEach(axis -> line.add(row.setting().getOrDefault(axis, "")));
      line.add(String.valueOf(row.seeds().size()));
      for (Measure measure : measures) {
        Statistic value = row.value(measure);
        line.add(String.valueOf(value.mean()));
        line.add(value.count() == 1 ? "" : String.valueOf(value.deviation()));
      }
      text.append(line(line));
    }
    return text.toString();
  }

  private static String line(List<String> fields) {
    return fields.stream().map(AblationTable::field).collect(Collectors.joining(",")) + "\n";
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** The rows as a tree, for JSON. */
  public List<Map<String, Object>> tree() {
    List<Map<String, Object>> tree = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> values = new LinkedHashMap<>();
      row.values()
          .forEach(
              (name, value) -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("mean", value.mean());
                if (value.count() > 1) {
                  entry.put("sd", value.deviation());
                }
                values.put(name, entry);
              });
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("setting", row.setting());
      entry.put("seeds", row.seeds());
      entry.put("values", values);
      tree.add(entry);
    }
    return tree;
  }
}
