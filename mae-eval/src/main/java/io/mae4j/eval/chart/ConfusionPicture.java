package io.mae4j.eval.chart;

import io.mae4j.eval.draw.BitmapFont;
import io.mae4j.eval.draw.FileOutput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Which classes are taken for which: a row for each true class, a column for each class that was
 * answered, darker the larger the share of the row. With few classes the cells hold their percent
 * and the rows and columns their names.
 *
 * @param title what was measured
 * @param classes the names [K]
 * @param counts images by true class (row) and answered class (column) [K][K]
 */
public record ConfusionPicture(String title, List<String> classes, int[][] counts) {
  private static final int MOST_NAMED = 30;
  private static final int NAMED_CELL = 34;
  private static final int MARGIN = 16;
  private static final int TOP = 44;
  private static final int LONGEST_NAME = 150;
  private static final int INK = 0x1f2933;
  private static final int PAPER = 0xffffff;
  private static final Color RIGHT = new Color(0x1f5fa8);
  private static final Color WRONG = new Color(0xb4472f);

  /** Copies the list and checks the extents. */
  public ConfusionPicture {
    classes = List.copyOf(classes);
    if (counts.length != classes.size() || counts.length == 0) {
      throw new IllegalArgumentException(
          counts.length + " rows of counts for " + classes.size() + " classes");
    }
  }

  private boolean named() {
    return classes.size() <= MOST_NAMED;
  }

  private int cell() {
    return named() ? NAMED_CELL : Math.max(1, Math.min(12, 900 / classes.size()));
  }

  /** Draws it. */
  public BufferedImage draw() {
    BitmapFont font = BitmapFont.regular();
    int names =
        named()
            ? 8 + Math.min(LONGEST_NAME, classes.stream().mapToInt(font::width).max().orElse(0))
            : 0;
    int side = classes.size() * cell();
    int left = MARGIN + font.height() + 6 + names;
    int width = Math.max(left + side, MARGIN + BitmapFont.bold().width(title)) + MARGIN;
    int height = TOP + side + names + font.height() + 6 + MARGIN;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    BitmapFont.bold().draw(picture, title, MARGIN, 14, INK);
    cells(picture, graphics, font, left);
    if (named()) {
      for (int k = 0; k < classes.size(); k++) {
        String name = shortened(font, classes.get(k));
        int middle = k * NAMED_CELL + (NAMED_CELL - font.height()) / 2;
        font.draw(picture, name, left - 6 - font.width(name), TOP + middle, INK);
        font.drawUp(picture, name, left + middle, TOP + side + 6 + font.width(name), INK);
      }
    }
    String rows = "true class";
    font.drawUp(picture, rows, MARGIN - 6, TOP + (side + font.width(rows)) / 2, INK);
    String columns = "answer";
    font.draw(
        picture, columns, left + (side - font.width(columns)) / 2, TOP + side + names + 4, INK);
    graphics.dispose();
    return picture;
  }

  private void cells(BufferedImage picture, Graphics2D graphics, BitmapFont font, int left) {
    int cell = cell();
    for (int row = 0; row < counts.length; row++) {
      int images = 0;
      for (int count : counts[row]) {
        images += count;
      }
      for (int column = 0; column < counts.length; column++) {
        double share = images == 0 ? 0 : (double) counts[row][column] / images;
        int x = left + column * cell;
        int y = TOP + row * cell;
        graphics.setColor(shade(row == column ? RIGHT : WRONG, share));
        graphics.fillRect(x, y, cell > 4 ? cell - 1 : cell, cell > 4 ? cell - 1 : cell);
        if (named() && counts[row][column] > 0) {
          String text = percent(share);
          font.draw(
              picture,
              text,
              x + (cell - 1 - font.width(text)) / 2,
              y + (cell - font.height()) / 2,
              Math.sqrt(share) > 0.5 ? PAPER : INK);
        }
      }
    }
  }

  /** Pale for nothing, full for all; small shares are lifted, since mistakes are rare. */
  private static Color shade(Color full, double share) {
    double ink = 0.05 + 0.95 * Math.sqrt(share);
    return new Color(
        (int) Math.round(255 - ink * (255 - full.getRed())),
        (int) Math.round(255 - ink * (255 - full.getGreen())),
        (int) Math.round(255 - ink * (255 - full.getBlue())));
  }

  private static String percent(double share) {
    double value = 100 * share;
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
  }

  private static String shortened(BitmapFont font, String name) {
    String text = name;
    while (font.width(text) > LONGEST_NAME) {
      text = text.substring(0, text.length() - 2) + "…";
    }
    return text;
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
