package io.mae4j.eval.chart;

import io.mae4j.eval.draw.BitmapFont;
import io.mae4j.eval.draw.FileOutput;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The loss of a training run over its steps: pale the loss of each step, strong a mean of the
 * neighbouring ones. The mean goes over the steps within 5% of a step's number, so that the fast
 * fall of the first steps stays visible and the noise of the last ones does not. The highest 2% of
 * the losses may rise above the picture, since the very first ones would flatten all the others.
 *
 * @param title what was trained
 * @param points the logged steps, ascending; those whose loss is not finite are left out of the
 *     picture
 */
public record LossCurve(String title, List<Point> points) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 76;
  private static final int RIGHT = 24;
  private static final int TOP = 44;
  private static final int BOTTOM = 58;
  private static final double NEIGHBOURS = 0.05;
  private static final int INK = 0x1f2933;
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color PALE = new Color(0xa9c6e8);
  private static final Color STRONG = new Color(0x1f5fa8);

  /**
   * One logged step.
   *
   * @param step its number from 1
   * @param loss its loss
   */
  public record Point(long step, double loss) {}

  /** Copies the list. */
  public LossCurve {
    points = points.stream().filter(point -> Double.isFinite(point.loss())).toList();
  }

  /**
   * The strong line: for each point the mean loss of the points whose steps lie within 5% of its
   * step.
   */
  List<Point> smoothed() {
    double[] sums = new double[points.size() + 1];
    for (int i = 0; i < points.size(); i++) {
      sums[i + 1] = sums[i] + points.get(i).loss();
    }
    Point[] smoothed = new Point[points.size()];
    int from = 0;
    int to = 0;
    for (int i = 0; i < smoothed.length; i++) {
      long step = points.get(i).step();
      while (points.get(from).step() < step * (1 - NEIGHBOURS)) {
        from++;
      }
      while (to < points.size() && points.get(to).step() <= step * (1 + NEIGHBOURS)) {
        to++;
      }
      smoothed[i] = new Point(step, (sums[to] - sums[from]) / (to - from));
    }
    return List.of(smoothed);
  }

  /** Draws it. Without points the picture says that no step was logged. */
  public BufferedImage draw() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    BitmapFont.bold().draw(picture, title, LEFT, 14, INK);
    BitmapFont font = BitmapFont.regular();
    if (points.isEmpty()) {
      font.draw(picture, "no step was logged", LEFT, TOP, INK);
    } else {
      drawCurve(picture, graphics, font);
    }
    graphics.dispose();
    return picture;
  }

  /**
   * Draws it into a PNG file.
   *
   * @throws io.mae4j.api.error.MaeException of kind RESOURCE if the file cannot be written
   */
  public void write(Path file) {
    FileOutput.write(file, FileOutput.png(draw()));
  }

  private void drawCurve(BufferedImage picture, Graphics2D graphics, BitmapFont font) {
    List<Point> smoothed = smoothed();
    Axis steps = Axis.upTo(points.get(points.size() - 1).step(), 8);
    double least = points.stream().mapToDouble(Point::loss).min().orElseThrow();
    double most = mostShown();
    Axis losses = Axis.covering(least, most, 6);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(GRID);
    for (double tick : losses.ticks()) {
      double y = Math.round(y(losses, tick)) + 0.5;
      graphics.draw(new Line2D.Double(LEFT, y, WIDTH - RIGHT, y));
      String label = losses.label(tick);
      font.draw(picture, label, LEFT - 8 - font.width(label), (int) y - font.height() / 2, INK);
    }
    for (double tick : steps.ticks()) {
      double x = Math.round(x(steps, tick)) + 0.5;
      graphics.draw(new Line2D.Double(x, TOP, x, HEIGHT - BOTTOM));
      String label = steps.label(tick);
      font.draw(picture, label, (int) x - font.width(label) / 2, HEIGHT - BOTTOM + 6, INK);
    }
    graphics.clipRect(LEFT, TOP, WIDTH - RIGHT - LEFT + 1, HEIGHT - BOTTOM - TOP + 1);
    line(graphics, PALE, 1, points, steps, losses);
    line(graphics, STRONG, 2, smoothed, steps, losses);
    String stepName = "step";
    font.draw(
        picture,
        stepName,
        LEFT + (WIDTH - RIGHT - LEFT - font.width(stepName)) / 2,
        HEIGHT - 26,
        INK);
    String lossName = "loss";
    font.drawUp(
        picture, lossName, 10, TOP + (HEIGHT - BOTTOM - TOP + font.width(lossName)) / 2, INK);
    Point last = smoothed.get(smoothed.size() - 1);
    String result = String.format(Locale.ROOT, "step %,d: %.4f", last.step(), last.loss());
    font.draw(picture, result, WIDTH - RIGHT - font.width(result), 14, STRONG.getRGB());
  }

  /** The largest loss that the picture must hold: that of the lower 98% of the points. */
  double mostShown() {
    double[] sorted = points.stream().mapToDouble(Point::loss).sorted().toArray();
    return sorted[sorted.length - 1 - sorted.length / 50];
  }

  private static void line(
      Graphics2D graphics, Color color, float width, List<Point> points, Axis steps, Axis losses) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x(steps, (double) points.get(0).step()), y(losses, points.get(0).loss()));
    for (Point point : points) {
      path.lineTo(x(steps, (double) point.step()), y(losses, point.loss()));
    }
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }

  private static double x(Axis axis, double step) {
    return LEFT + axis.place(step) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(Axis axis, double loss) {
    return HEIGHT - BOTTOM - axis.place(loss) * (HEIGHT - BOTTOM - TOP);
  }
}
