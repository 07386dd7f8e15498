package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.util.Arrays;

/**
 * Resizes like Pillow's {@code Image.crop(…).resize(…, BICUBIC)}, equal to the last bit: rows
 * first, rounded and clipped to 8 bits, then columns; a pass whose size does not change is left
 * out. That is how every Pillow up to 12.2 does it, the one of the published recipe among them;
 * 13.0 does columns first where that is less work, which rounds differently for very narrow crops.
 * Keeps its buffers, so each thread needs its own.
 */
public final class BicubicResizer {
  /** Rows that are narrowed at once: so few that their columns stay in the cache. */
  private static final int ROWS = 64;

  private int[][] columns = {};
  private int[][] narrowed = {};
  private int[][] rows = {};
  private int[] sums = {};

  /** With empty buffers, which grow as needed. */
  public BicubicResizer() {}

  /**
   * Cuts out a rectangle and resizes it. Pixels outside of it have no influence.
   *
   * @param source the image [H, W, C]
   * @param crop what to take, inside the image
   * @param height the new height in pixels
   * @param width the new width in pixels
   * @param target receives height·width·C samples in the order row, column, channel
   */
  public void resize(PixelImage source, Crop crop, int height, int width, byte[] target) {
    resize(source, crop, height, width, Crop.whole(height, width), target);
  }

  /**
   * Cuts out a rectangle and computes a part of it resized.
   *
   * @param source the image [H, W, C]
   * @param crop what to take, inside the image
   * @param height the new height of the whole rectangle in pixels
   * @param width its new width in pixels
   * @param window the part of the resized rectangle that is wanted
   * @param target receives window.height·window.width·C samples in the order row, column, channel
   */
  public void resize(
      PixelImage source, Crop crop, int height, int width, Crop window, byte[] target) {
    check(crop, source.height(), source.width());
    check(window, height, width);
    int channels = source.channels();
    int length = window.width() * channels;
    if (target.length < (long) window.height() * length) {
      throw new IllegalArgumentException("room for " + target.length + " samples only");
    }
    if (height == crop.height()) {
      Crop part = new Crop(crop.top() + window.top(), crop.left(), window.height(), crop.width());
      narrow(source, part, width, window);
      for (int row = 0; row < window.height(); row++) {
        for (int i = 0; i < length; i++) {
          target[row * length + i] = (byte) rows[row][i];
        }
      }
      return;
    }
    BicubicKernel kernel = new BicubicKernel(crop.height(), height, window.top(), window.height());
    int first = kernel.first(0);
    int end = kernel.end(window.height() - 1);
    Crop part = new Crop(crop.top() + first, crop.left(), end - first, crop.width());
    narrow(source, part, width, window);
    sums = grown(sums, length);
    for (int row = 0; row < window.height(); row++) {
      WeightedLines.sum(rows, kernel.first(row) - first, 1, kernel, row, length, sums);
      for (int i = 0; i < length; i++) {
        target[row * length + i] = (byte) WeightedLines.clip(sums[i]);
      }
    }
  }

  private static void check(Crop crop, int height, int width) {
    if ((long) crop.top() + crop.height() > height || (long) crop.left() + crop.width() > width) {
      throw new IllegalArgumentException(crop + " outside of an image of " + height + "×" + width);
    }
  }

  /**
   * Fills {@link #rows} with the wanted columns of a rectangle that becomes as wide as asked; its
   * height stays.
   */
  private void narrow(PixelImage source, Crop crop, int width, Crop window) {
    int channels = source.channels();
    int length = window.width() * channels;
    rows = grown(rows, crop.height() + BicubicKernel.TAPS_AT_ONCE - 1, length);
    if (width == crop.width()) {
      int left = crop.left() + window.left();
      for (int row = 0; row < crop.height(); row++) {
        int start = ((crop.top() + row) * source.width() + left) * channels;
        SampleLines.row(source.samples(), start, rows[row], length);
      }
      return;
    }
    BicubicKernel kernel = new BicubicKernel(crop.width(), width, window.left(), window.width());
    int first = kernel.first(0);
    int count = kernel.end(window.width() - 1) - first;
    columns = grown(columns, (count + BicubicKernel.TAPS_AT_ONCE - 1) * channels, ROWS);
    narrowed = grown(narrowed, length, ROWS);
    for (int row = 0; row < crop.height(); row += ROWS) {
      int height = Math.min(ROWS, crop.height() - row);
      int start = ((crop.top() + row) * source.width() + crop.left() + first) * channels;
      SampleLines.columns(
          source.samples(), start, source.width() * channels, columns, count * channels, height);
      for (int i = 0; i < length; i++) {
        int column = i / channels;
        int from = (kernel.first(column) - first) * channels + i % channels;
        WeightedLines.sum(columns, from, channels, kernel, column, height, narrowed[i]);
      }
      SampleLines.clippedRows(narrowed, length, height, rows, row);
    }
  }

  private static int[] grown(int[] buffer, int length) {
    return buffer.length < length ? new int[length] : buffer;
  }

  private static int[][] grown(int[][] lines, int count, int length) {
    int[][] all = lines.length < count ? Arrays.copyOf(lines, count) : lines;
    for (int i = 0; i < count; i++) {
      if (all[i] == null || all[i].length < length) {
        all[i] = new int[length];
      }
    }
    return all;
  }
}
