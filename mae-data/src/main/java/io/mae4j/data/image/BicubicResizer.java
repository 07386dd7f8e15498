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
  private static final int HALF = 1 << (BicubicKernel.FRACTION_BITS - 1);
  private static final long HALVES = HALF + ((long) HALF << Integer.SIZE);

  private long[] pairs = {};
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
        store(rows[row], length, target, row * length);
      }
      return;
    }
    BicubicKernel kernel =
        new BicubicKernel(crop.height(), height, window.top(), window.height());
    int last = window.height() - 1;
    int first = kernel.first(0);
    int end = kernel.first(last) + kernel.count(last);
    narrow(source, new Crop(crop.top() + first, crop.left(), end - first, crop.width()), width, window);
    sums = grown(sums, length);
    for (int row = 0; row < window.height(); row++) {
      WeightedLines.sum(rows, first, kernel, row, length, sums);
      storeClipped(sums, length, target, row * length);
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
    rows = grown(rows, crop.height(), window.width() * channels);
    if (width == crop.width()) {
      for (int row = 0; row < crop.height(); row++) {
        int at = ((crop.top() + row) * source.width() + crop.left() + window.left()) * channels;
        load(source.samples(), at, rows[row], window.width() * channels);
      }
      return;
    }
    BicubicKernel kernel = new BicubicKernel(crop.width(), width, window.left(), window.width());
    for (int row = 0; row < crop.height(); row += 2) {
      int next = Math.min(row + 1, crop.height() - 1);
      pair(source, crop, row, next);
      narrow(kernel, window.width(), channels, rows[row], rows[next]);
    }
  }

  /** Two rows of a rectangle side by side: the second one's samples in the upper halves. */
  private void pair(PixelImage source, Crop crop, int row, int next) {
    int channels = source.channels();
    int length = crop.width() * channels;
    int first = ((crop.top() + row) * source.width() + crop.left()) * channels;
    int second = ((crop.top() + next) * source.width() + crop.left()) * channels;
    byte[] samples = source.samples();
    int room = length + (BicubicKernel.TAPS_AT_ONCE - 1) * channels;
    if (pairs.length < room) {
      pairs = new long[room];
    }
    for (int i = 0; i < length; i++) {
      pairs[i] = (samples[first + i] & 0xff) | (samples[second + i] & 0xffL) << Integer.SIZE;
    }
  }

  private void narrow(BicubicKernel kernel, int width, int channels, int[] upper, int[] lower) {
    for (int column = 0; column < width; column++) {
      int place = kernel.first(column) * channels;
      int at = column * channels;
      if (channels == 3) {
        narrowColours(kernel, column, place, upper, lower, at);
      } else {
        for (int c = 0; c < channels; c++) {
          put(sum(kernel, column, place + c, channels), upper, lower, at + c);
        }
      }
    }
  }

  /** What {@link #sum} does for red, green and blue, whose places are constants to the compiler. */
  private void narrowColours(
      BicubicKernel kernel, int column, int start, int[] upper, int[] lower, int at) {
    int[] weights = kernel.weights();
    int weight = kernel.offset(column);
    int end = weight + kernel.count(column);
    long red = HALVES;
    long green = HALVES;
    long blue = HALVES;
    for (int place = start; weight < end; weight += BicubicKernel.TAPS_AT_ONCE, place += 12) {
      long a = weights[weight];
      long b = weights[weight + 1];
      long c = weights[weight + 2];
      long d = weights[weight + 3];
      red += pairs[place] * a + pairs[place + 3] * b + pairs[place + 6] * c + pairs[place + 9] * d;
      green +=
          pairs[place + 1] * a + pairs[place + 4] * b + pairs[place + 7] * c + pairs[place + 10] * d;
      blue +=
          pairs[place + 2] * a + pairs[place + 5] * b + pairs[place + 8] * c + pairs[place + 11] * d;
    }
    put(red, upper, lower, at);
    put(green, upper, lower, at + 1);
    put(blue, upper, lower, at + 2);
  }

  private long sum(BicubicKernel kernel, int column, int place, int channels) {
    long sum = HALVES;
    for (int i = 0; i < kernel.count(column); i++) {
      sum += pairs[place + channels * i] * kernel.weights()[kernel.offset(column) + i];
    }
    return sum;
  }

  private static void put(long sum, int[] upper, int[] lower, int at) {
    int low = (int) sum;
    upper[at] = clip(low);
    lower[at] = clip((int) ((sum - low) >> Integer.SIZE));
  }

  private static int clip(int sum) {
    int value = sum >> BicubicKernel.FRACTION_BITS;
    return (value & ~0xff) == 0 ? value : value < 0 ? 0 : 0xff;
  }

  private static void load(byte[] from, int start, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[start + i] & 0xff;
    }
  }

  private static void store(int[] from, int length, byte[] to, int at) {
    for (int i = 0; i < length; i++) {
      to[at + i] = (byte) from[i];
    }
  }

  private static void storeClipped(int[] from, int length, byte[] to, int at) {
    for (int i = 0; i < length; i++) {
      to[at + i] = (byte) clip(from[i]);
    }
  }

  private static int[] grown(int[] buffer, int length) {
    return buffer.length < length ? new int[length] : buffer;
  }

  /** Lines of at least this length, and those more that {@link WeightedLines} asks for. */
  private static int[][] grown(int[][] buffers, int count, int length) {
    int lines = count + BicubicKernel.TAPS_AT_ONCE - 1;
    int[][] all = buffers.length < lines ? Arrays.copyOf(buffers, lines) : buffers;
    for (int i = 0; i < lines; i++) {
      if (all[i] == null || all[i].length < length) {
        all[i] = new int[length];
      }
    }
    return all;
  }
}
