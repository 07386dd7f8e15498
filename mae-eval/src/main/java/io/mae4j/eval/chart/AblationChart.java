package io.mae4j.eval.chart;

import io.mae4j.eval.ablation.AblationTable;
import io.mae4j.eval.ablation.Measure;
import io.mae4j.eval.ablation.Statistic;
import io.mae4j.eval.draw.BitmapFont;
import io.mae4j.eval.draw.FileOutput;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Accuracies of an ablation against its first axis, a panel for each evaluator: lines where all
 * values are numbers, bars from zero elsewhere. The values of the other axes are told apart by
 * colour. Whiskers span the standard deviation over the seeds to both sides.
 *
 * @param title what was ablated
 * @param table the finished settings
 */
public record AblationChart(String title, AblationTable table) {
  private static final int LEAST_WIDTH = 760;
  private static final int PANEL = 300;
  private static final int MARGIN = 14;
  private static final int INK = 0x1f2933;
  private static final int COLUMN_GAP = 14;

  /**
   * The points of one colour.
   *
   * @param name the values of the other axes; empty where there are none
   * @param points the statistic at each value of the first axis that was finished
   */
  record Series(String name, Map<String, Statistic> points) {}

  /** The series of a measure. */
  List<Series> series(Measure measure) {
    Map<String, Map<String, Statistic>> series = new LinkedHashMap<>();
    for (AblationTable.Row row : table.rows()) {
      String name =
          row.setting().entrySet().stream()
              .filter(entry -> !entry.getKey().equals(axis()))
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      series
          .computeIfAbsent(name, key -> new LinkedHashMap<>())
          .put(place(row), row.value(measure));
    }
    List<Series> list = new ArrayList<>();
    series.forEach((name, points) -> list.add(new Series(name, points)));
    return list;
  }

  private String axis() {
    return table.axes().get(0);
  }

  private String place(AblationTable.Row row) {
    return row.setting().getOrDefault(axis(), "");
  }

  /** The values of the first axis. */
  List<String> places() {
    return table.rows().stream().map(this::place).distinct().toList();
  }

  /** Whether the first axis is one of numbers, at least two of them. */
  boolean numeric() {
    return places().size() > 1
        && places().stream().allMatch(value -> AblationPanel.number(value).isPresent());
  }

  /** Draws it. Without a finished setting the picture says so. */
  public BufferedImage draw() {
    List<Measure> shown = table.measures().stream().filter(Measure::accuracy).toList();
    BitmapFont font = BitmapFont.regular();
    int label = places().stream().mapToInt(font::width).max().orElse(0);
    int width =
        Math.max(
            LEAST_WIDTH,
            numeric()
                ? 0
                : AblationPanel.LEFT
                    + AblationPanel.RIGHT
                    + places().size() * (label + COLUMN_GAP));
    List<String> legend = legend(font, shown, width);
    int top = MARGIN + font.height() + MARGIN / 2;
    int panels = top + legend.size() * font.height() + MARGIN / 2;
    int height = panels + Math.max(1, shown.size()) * PANEL;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    BitmapFont.bold().draw(picture, title, AblationPanel.LEFT, MARGIN, INK);
    if (table.rows().isEmpty()) {
      font.draw(picture, "no setting was finished", AblationPanel.LEFT, panels, INK);
    }
    for (int i = 0; i < legend.size(); i++) {
      int y = top + i * font.height();
      graphics.setColor(AblationPanel.colour(i));
      graphics.fillRect(AblationPanel.LEFT, y + 4, 10, 10);
      font.draw(picture, legend.get(i), AblationPanel.LEFT + 16, y, INK);
    }
    for (int i = 0; i < shown.size() && !table.rows().isEmpty(); i++) {
      new AblationPanel(picture, graphics, panels + i * PANEL, PANEL)
          .draw(
              shown.get(i).name() + " accuracy, %",
              axis(),
              places(),
              series(shown.get(i)),
              numeric());
    }
    graphics.dispose();
    return picture;
  }

  /** A line for each colour; none where there is one colour only. */
  private List<String> legend(BitmapFont font, List<Measure> shown, int width) {
    Optional<Measure> first = shown.stream().findFirst();
    if (first.isEmpty() || table.axes().size() == 1) {
      return List.of();
    }
    int room = width - AblationPanel.LEFT - AblationPanel.RIGHT - 16;
    return series(first.get()).stream()
        .map(series -> font.wrap(series.name(), room).get(0))
        .toList();
  }

  /**
   * Draws it into a PNG file.
   *
   * @throws io.mae4j.api.error.MaeException of kind RESOURCE if the file cannot be written
   */
  public void write(Path file) {
    FileOutput.write(file, FileOutput.png(draw()));
  }
}
