package io.mae4j.eval.chart;

import io.mae4j.eval.ablation.Statistic;
import io.mae4j.eval.draw.BitmapFont;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * One panel of an {@link AblationChart}.
 *
 * @param picture where it is drawn
 * @param graphics draws on it
 * @param top its first row
 * @param height its rows
 */
record AblationPanel(BufferedImage picture, Graphics2D graphics, int top, int height) {
  static final int LEFT = 76;
  static final int RIGHT = 28;

  private static final int ABOVE = 22;
  private static final int BELOW = 56;
  private static final int TICKS = 5;
  private static final int INK = 0x1f2933;
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color WHISKER = new Color(0x1f2933);
  private static final double GROUP = 0.7;
  private static final double WIDEST_BAR = 72;
  private static final double DOT = 4;
  private static final int[] COLOURS = {
    0x1f5fa8, 0xd1702a, 0x2f8f4e, 0x8a4fa3, 0xb23b3b, 0x5f6c7b, 0xc49a1a, 0x2a9d9a
  };

  /** The colour of a series. */
  static Color colour(int index) {
    return new Color(COLOURS[index % COLOURS.length]);
  }

  /** A value as a number, if it is one. */
  static OptionalDouble number(String value) {
    try {
      double parsed = Double.parseDouble(value);
      return Double.isFinite(parsed) ? OptionalDouble.of(parsed) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  void draw(
      String name,
      String axis,
      List<String> places,
      List<AblationChart.Series> series,
      boolean numeric) {
    List<Statistic> all = series.stream().flatMap(one -> one.points().values().stream()).toList();
    double most = all.stream().mapToDouble(s -> s.mean() + s.deviation()).max().orElse(1);
    double least = all.stream().mapToDouble(s -> s.mean() - s.deviation()).min().orElse(0);
    Axis values = Axis.covering(numeric ? least : 0, Math.max(most, numeric ? least : 1), TICKS);
    BitmapFont font = BitmapFont.regular();
    for (double tick : values.ticks()) {
      double y = Math.round(y(values, tick)) + 0.5;
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(LEFT, y, right(), y));
      String label = values.label(tick);
      font.draw(picture, label, LEFT - 8 - font.width(label), (int) y - font.height() / 2, INK);
    }
    font.drawUp(picture, name, 10, top + (ABOVE + height - BELOW + font.width(name)) / 2, INK);
    font.draw(
        picture,
        axis,
        LEFT + (right() - LEFT - font.width(axis)) / 2,
        top + height - BELOW + 28,
        INK);
    if (numeric) {
      lines(font, places, series, values);
    } else {
      bars(font, places, series, values);
    }
  }

  private int right() {
    return picture.getWidth() - RIGHT;
  }

  private double y(Axis axis, double value) {
    return top + height - BELOW - axis.place(value) * (height - BELOW - ABOVE);
  }

  private void bars(
      BitmapFont font, List<String> places, List<AblationChart.Series> series, Axis values) {
    double slot = (double) (right() - LEFT) / places.size();
    double bar = Math.min(WIDEST_BAR, slot * GROUP / series.size());
    for (int place = 0; place < places.size(); place++) {
      double centre = LEFT + (place + 0.5) * slot;
      underneath(font, places.get(place), centre);
      for (int i = 0; i < series.size(); i++) {
        Optional<Statistic> found =
            Optional.ofNullable(series.get(i).points().get(places.get(place)));
        double left = centre + (i - series.size() / 2.0) * bar;
        if (found.isPresent()) {
          double height = y(values, 0) - y(values, found.get().mean());
          graphics.setColor(colour(i));
          graphics.fill(
              new java.awt.geom.Rectangle2D.Double(
                  left + 1, y(values, found.get().mean()), bar - 2, height));
          whisker(values, found.get(), left + bar / 2);
          number(font, values, found.get(), left + bar / 2, bar);
        }
      }
    }
  }

  private void lines(
      BitmapFont font, List<String> places, List<AblationChart.Series> series, Axis values) {
    double[] numbers =
        places.stream().mapToDouble(place -> number(place).orElseThrow()).sorted().toArray();
    double low = numbers[0];
    double high = numbers[numbers.length - 1];
    double inset = 24;
    java.util.function.ToDoubleFunction<String> x =
        place ->
            LEFT
                + inset
                + (number(place).orElseThrow() - low) / (high - low) * (right() - LEFT - 2 * inset);
    double free = 0;
    for (String place : sorted(places)) {
      double from = x.applyAsDouble(place) - font.width(place) / 2.0;
      if (from >= free) {
        underneath(font, place, x.applyAsDouble(place));
        free = from + font.width(place) + 6;
      }
    }
    for (int i = 0; i < series.size(); i++) {
      Map<String, Statistic> points = series.get(i).points();
      Path2D.Double path = new Path2D.Double();
      for (String place : sorted(List.copyOf(points.keySet()))) {
        Statistic point = java.util.Objects.requireNonNull(points.get(place));
        double across = x.applyAsDouble(place);
        double up = y(values, point.mean());
        if (path.getCurrentPoint() == null) {
          path.moveTo(across, up);
        } else {
          path.lineTo(across, up);
        }
        whisker(values, point, across);
        graphics.setColor(colour(i));
        graphics.fill(new Ellipse2D.Double(across - DOT, up - DOT, 2 * DOT, 2 * DOT));
        if (series.size() == 1) {
          number(font, values, point, across, Double.MAX_VALUE);
        }
      }
      graphics.setColor(colour(i));
      graphics.draw(path);
    }
  }

  private static List<String> sorted(List<String> places) {
    List<String> sorted = new ArrayList<>(places);
    sorted.sort(Comparator.comparingDouble(place -> number(place).orElseThrow()));
    return sorted;
  }

  private void underneath(BitmapFont font, String text, double centre) {
    font.draw(
        picture, text, (int) (centre - font.width(text) / 2.0), top + height - BELOW + 6, INK);
  }

  private void whisker(Axis values, Statistic point, double x) {
    if (point.count() == 1) {
      return;
    }
    graphics.setColor(WHISKER);
    double[] ends =
        DoubleStream.of(point.mean() - point.deviation(), point.mean() + point.deviation())
            .map(value -> y(values, value))
            .toArray();
    graphics.draw(new Line2D.Double(x, ends[0], x, ends[1]));
    for (double end : ends) {
      graphics.draw(new Line2D.Double(x - 4, end, x + 4, end));
    }
  }

  /** The mean above its point, unless it does not fit. */
  private void number(BitmapFont font, Axis values, Statistic point, double x, double room) {
    String text = String.format(Locale.ROOT, "%.1f", point.mean());
    if (font.width(text) <= room) {
      double above = y(values, point.mean() + (point.count() == 1 ? 0 : point.deviation()));
      font.draw(
          picture, text, (int) (x - font.width(text) / 2.0), (int) above - font.height() - 3, INK);
    }
  }
}
