package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;

/**
 * Resizes like Pillow's {@code Image.crop(…).resize(…, BICUBIC)}, equal to the last bit: rows
 * first, rounded and clipped to 8 bits, then columns; a pass whose size does not change is left
 * out. That is how every Pillow up to 12.2 does it, the one of the published recipe among them;
 * 13.0 does columns first where that is less work, which rounds differently for very narrow crops.
 * Keeps its buffers, so each thread needs its own.
 */
public final class BicubicResizer {
  private static final int HALF = 1 << (BicubicKernel.FRACTION_BITS - 1);

  private byte[] narrowed = {};
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
    boolean vertical = height != crop.height();
    BicubicKernel columns =
        vertical ? new BicubicKernel(crop.height(), height, window.top(), window.height()) : null;
    int firstRow = columns == null ? window.top() : columns.first(0);
    int lastRow =
        columns == null
            ? window.top() + window.height()
            : columns.first(window.height() - 1) + columns.count(window.height() - 1);

    byte[] rows =
        columns == null ? target : narrowed(Math.multiplyExact(lastRow - firstRow, length));
    int stride = source.width() * channels;
    int start = (crop.top() + firstRow) * stride + crop.left() * channels;
    if (width != crop.width()) {
      BicubicKernel kernel = new BicubicKernel(crop.width(), width, window.left(), window.width());
      for (int row = 0; row < lastRow - firstRow; row++) {
        narrow(
            source.samples(),
            start + row * stride,
            kernel,
            window.width(),
            channels,
            rows,
            row * length);
      }
    } else {
      start += window.left() * channels;
      for (int row = 0; row < lastRow - firstRow; row++) {
        System.arraycopy(source.samples(), start + row * stride, rows, row * length, length);
      }
    }
    if (columns != null) {
      for (int row = 0; row < window.height(); row++) {
        lower(rows, firstRow, columns, row, length, target);
      }
    }
  }

  private static void check(Crop crop, int height, int width) {
    if ((long) crop.top() + crop.height() > height || (long) crop.left() + crop.width() > width) {
      throw new IllegalArgumentException(crop + " outside of an image of " + height + "×" + width);
    }
  }

  private static void narrow(
      byte[] from, int start, BicubicKernel kernel, int width, int channels, byte[] to, int at) {
    int[] weights = kernel.weights();
    for (int column = 0; column < width; column++) {
      int weight = kernel.offset(column);
      int count = kernel.count(column);
      int place = start + kernel.first(column) * channels;
      if (channels == 3) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int i = 0; i < count; i++) {
          int w = weights[weight + i];
          red += (from[place + 3 * i] & 0xff) * w;
          green += (from[place + 3 * i + 1] & 0xff) * w;
          blue += (from[place + 3 * i + 2] & 0xff) * w;
        }
        to[at + 3 * column] = clip(red);
        to[at + 3 * column + 1] = clip(green);
        to[at + 3 * column + 2] = clip(blue);
      } else {
        for (int c = 0; c < channels; c++) {
          int sum = HALF;
          for (int i = 0; i < count; i++) {
            sum += (from[place + channels * i + c] & 0xff) * weights[weight + i];
          }
          to[at + channels * column + c] = clip(sum);
        }
      }
    }
  }

  private void lower(
      byte[] from, int firstRow, BicubicKernel kernel, int row, int length, byte[] to) {
    int[] sum = sums(length);
    for (int i = 0; i < length; i++) {
      sum[i] = HALF;
    }
    for (int tap = 0; tap < kernel.count(row); tap++) {
      int weight = kernel.weights()[kernel.offset(row) + tap];
      int place = (kernel.first(row) + tap - firstRow) * length;
      for (int i = 0; i < length; i++) {
        sum[i] += (from[place + i] & 0xff) * weight;
      }
    }
    int at = row * length;
    for (int i = 0; i < length; i++) {
      to[at + i] = clip(sum[i]);
    }
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> BicubicKernel.FRACTION_BITS));
  }

  private byte[] narrowed(int length) {
    if (narrowed.length < length) {
      narrowed = new byte[length];
    }
    return narrowed;
  }

  private int[] sums(int length) {
    if (sums.length < length) {
      sums = new int[length];
    }
    return sums;
  }
}
