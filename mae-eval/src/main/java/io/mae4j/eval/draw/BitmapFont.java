package io.mae4j.eval.draw;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Text from pictures of glyphs: DejaVu Sans at 13 pixels, Latin-1 and a few symbols; any other
 * character is drawn as a replacement sign. Immutable.
 */
public final class BitmapFont {
  private static final int REPLACEMENT = 0xfffd;

  private final int height;
  private final int cellWidth;
  private final int left;
  private final int columns;
  private final Raster sheet;
  private final Map<Integer, Glyph> glyphs;

  private record Glyph(int cell, int advance) {}

  private BitmapFont(
      int height, int cellWidth, int left, int columns, Raster sheet, Map<Integer, Glyph> glyphs) {
    this.height = height;
    this.cellWidth = cellWidth;
    this.left = left;
    this.columns = columns;
    this.sheet = sheet;
    this.glyphs = glyphs;
  }

  /** For captions and numbers. */
  public static BitmapFont regular() {
    return load("regular");
  }

  /** For headings. */
  public static BitmapFont bold() {
    return load("bold");
  }

  private static BitmapFont load(String name) {
    try (InputStream picture = open(name + ".png");
        BufferedReader table =
            new BufferedReader(
                new InputStreamReader(open(name + ".txt"), StandardCharsets.US_ASCII))) {
      List<String> lines = table.lines().toList();
      String[] head = lines.get(0).split(" ", -1);
      Map<Integer, Glyph> glyphs = new HashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split(" ", -1);
        glyphs.put(
            Integer.parseInt(parts[0], 16), new Glyph(glyphs.size(), Integer.parseInt(parts[1])));
      }
      Raster sheet = ImageIO.read(picture).getRaster();
      return new BitmapFont(
          Integer.parseInt(head[2]),
          Integer.parseInt(head[1]),
          Integer.parseInt(head[6]),
          Integer.parseInt(head[4]),
          sheet,
          glyphs);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.INTERNAL, "the glyphs '" + name + "' cannot be read", e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream stream = BitmapFont.class.getResourceAsStream(file);
    if (stream == null) {
      throw new FileNotFoundException(file);
    }
    return stream;
  }

  /** The height of a line in pixels. */
  public int height() {
    return height;
  }

  /** The width of a text in pixels. */
  public int width(String text) {
    return text.codePoints().map(c -> glyph(c).advance()).sum();
  }

  /**
   * Breaks a text at its spaces into lines of at most so many pixels; a longer word gets a line of
   * its own.
   */
  public List<String> wrap(String text, int maxWidth) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && width(line + " " + word) > maxWidth) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * Draws a line of text.
   *
   * @param x the left end
   * @param y the top of the line
   * @param rgb its colour
   */
  public void draw(BufferedImage target, String text, int x, int y, int rgb) {
    paint(text, x, (px, row, alpha) -> blend(target, px, y + row, rgb, alpha));
  }

  /**
   * Draws a line of text upwards, as beside a vertical axis.
   *
   * @param x the left edge of the line, where the tops of the letters are
   * @param y the bottom, where the text starts
   * @param rgb its colour
   */
  public void drawUp(BufferedImage target, String text, int x, int y, int rgb) {
    paint(text, 0, (px, row, alpha) -> blend(target, x + row, y - 1 - px, rgb, alpha));
  }

  private interface Painter {
    void dot(int x, int row, int alpha);
  }

  private void paint(String text, int start, Painter painter) {
    int pen = start;
    for (int character : text.codePoints().toArray()) {
      Glyph glyph = glyph(character);
      int cellX = glyph.cell() % columns * cellWidth;
      int cellY = glyph.cell() / columns * height;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < cellWidth; column++) {
          int alpha = sheet.getSample(cellX + column, cellY + row, 0);
          if (alpha > 0) {
            painter.dot(pen + column - left, row, alpha);
          }
        }
      }
      pen += glyph.advance();
    }
  }

  private Glyph glyph(int character) {
    Glyph glyph = glyphs.get(character);
    return glyph != null ? glyph : glyphs.getOrDefault(REPLACEMENT, new Glyph(0, 0));
  }

  private static void blend(BufferedImage target, int x, int y, int rgb, int alpha) {
    if (x < 0 || y < 0 || x >= target.getWidth() || y >= target.getHeight()) {
      return;
    }
    int under = target.getRGB(x, y);
    int mixed = 0xff000000;
    for (int shift = 0; shift <= 16; shift += 8) {
      int ink = (rgb >> shift) & 0xff;
      int paper = (under >> shift) & 0xff;
      mixed |= ((ink * alpha + paper * (255 - alpha) + 127) / 255) << shift;
    }
    target.setRGB(x, y, mixed);
  }
}
