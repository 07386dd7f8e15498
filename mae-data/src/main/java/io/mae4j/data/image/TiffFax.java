package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.util.Arrays;

/**
 * Decodes the strips or tiles of a TIFF file that are compressed like faxes (TIFF 6.0, sections 10
 * and 11; ITU-T T.4 and T.6). A line that is not all there is a failure.
 */
final class TiffFax {
  private static final int END_OF_LINE_ZEROS = 11;

  private final TiffFile tiff;
  private final TiffFile.Compression compression;
  private final int width;

  // A segment on its way.
  private int at;
  private int end;
  private long window;
  private int count;

  /** Where the colour changes in the line before and in this one, beginning with white. */
  private int[] before;

  private int[] changes;
  private int changeCount;

  private TiffFax(TiffFile tiff, int width) throws DamagedImageException {
    this.tiff = tiff;
    this.compression = tiff.compression();
    this.width = width;
    this.before = new int[width + 4];
    this.changes = new int[width + 4];
  }

  /** Decodes the picture, one channel, not yet turned upright. */
  static PixelImage decode(TiffFile tiff) throws DamagedImageException {
    if (tiff.samples() != 1 || tiff.bits() != 1 || tiff.colours() > 1) {
      throw new DamagedImageException("TIFF of a fax that is not black and white");
    }
    int height = (int) tiff.height();
    int width = (int) tiff.width();
    byte[] samples = new byte[Math.multiplyExact(height, width)];
    boolean whiteIsZero = tiff.colours() == 0;
    for (TiffFile.Segment segment : tiff.segments()) {
      TiffFax fax = new TiffFax(tiff, segment.width());
      fax.begin(segment);
      int length = Math.min(segment.width(), width - segment.x());
      for (int y = segment.y(); y < segment.y() + segment.height(); y++) {
        fax.line();
        if (y < height) {
          fax.draw(samples, y * width + segment.x(), length, whiteIsZero);
        }
      }
    }
    return new PixelImage(height, width, 1, samples);
  }

  private void begin(TiffFile.Segment segment) {
    at = segment.from();
    end = segment.to();
    changeCount = 0;
    finish();
  }

  /** Draws the line that was read last. */
  private void draw(byte[] samples, int from, int length, boolean whiteIsZero) {
    boolean light = whiteIsZero;
    int x = 0;
    for (int i = 0; x < length; i++) {
      int next = Math.min(length, before[i]);
      Arrays.fill(samples, from + x, from + next, (byte) (light ? 255 : 0));
      x = next;
      light = !light;
    }
  }

  private void line() throws DamagedImageException {
    boolean alone = compression != TiffFile.Compression.FAX_4;
    if (compression == TiffFile.Compression.FAX_3) {
      skipEndOfLine();
      if ((tiff.faxOptions() & 1) == 1) {
        alone = read(1) == 1;
      }
    }
    changeCount = 0;
    if (alone) {
      runs();
    } else {
      differences();
    }
    if (compression == TiffFile.Compression.FAX_RUNS) {
      skip(count % Byte.SIZE);
    }
    finish();
  }

  /** Makes this line the one before. */
  private void finish() {
    Arrays.fill(changes, changeCount, changes.length, width);
    int[] line = changes;
    changes = before;
    before = line;
  }

  /** Zeros that fill up, then the eleven and a one that end a line. */
  private void skipEndOfLine() throws DamagedImageException {
    if (peek(END_OF_LINE_ZEROS) == 0) {
      skip(END_OF_LINE_ZEROS);
      while (read(1) == 0) {
        // Nothing to do.
      }
    }
  }

  /** A line that says all of its runs. */
  private void runs() throws DamagedImageException {
    boolean black = false;
    for (int x = 0; x < width; black = !black) {
      x = change(x + run(black));
    }
  }

  /** A line that says how it differs from the one before. */
  private void differences() throws DamagedImageException {
    int x = -1;
    boolean black = false;
    int place = 0;
    while (x < width) {
      place = Math.max(0, place - 2);
      while ((before[place] <= x && before[place] < width) || place % 2 != (black ? 1 : 0)) {
        place++;
      }
      int next = peek(7);
      if (next >> 6 == 1) {
        skip(1);
        x = change(before[place]);
        black = !black;
      } else if (next >> 4 == 1) {
        skip(3);
        int first = change(Math.max(0, x) + run(black));
        x = change(first + run(!black));
      } else if (next >> 3 == 1) {
        skip(4);
        x = before[place + 1];
      } else {
        x = change(before[place] + shift(next));
        black = !black;
      }
    }
  }

  /** How far a change lies to the right of the one before, or negative to the left. */
  private int shift(int next) throws DamagedImageException {
    int bits = next >> 5 == 1 ? 3 : next >> 2 == 0 ? 7 : 6;
    int distance = bits == 3 ? 1 : bits - 4;
    if (next >> 1 == 0 || (bits == 6 && next >> 2 != 1)) {
      throw new DamagedImageException("TIFF with a fax that ends too early or makes no sense");
    }
    skip(bits);
    return ((next >> (7 - bits)) & 1) == 1 ? distance : -distance;
  }

  private int change(int x) throws DamagedImageException {
    int last = changeCount == 0 ? 0 : changes[changeCount - 1];
    if (x < last || x > width || changeCount > width) {
      throw new DamagedImageException("TIFF with a fax whose line makes no sense");
    }
    changes[changeCount++] = x;
    return x;
  }

  private int run(boolean black) throws DamagedImageException {
    FaxCodes codes = FaxCodes.of(black);
    int sum = 0;
    int run;
    do {
      int next = peek(FaxCodes.LONGEST);
      run = codes.run(next);
      if (run < 0) {
        throw new DamagedImageException("TIFF with a fax that ends too early or makes no sense");
      }
      skip(codes.length(next));
      sum = Math.min(width + 1, sum + run);
    } while (run >= FaxCodes.MAKE_UP);
    return sum;
  }

  private int read(int bits) throws DamagedImageException {
    int number = peek(bits);
    skip(bits);
    return number;
  }

  /** The next bits, the highest first; zeros where there are none. */
  private int peek(int bits) {
    while (count < bits && at < end) {
      int next = tiff.file()[at++] & 0xff;
      int ordered = tiff.lowestBitFirst() ? Integer.reverse(next) >>> 24 : next;
      window = (window << Byte.SIZE) | ordered;
      count += Byte.SIZE;
    }
    long next = count < bits ? window << (bits - count) : window >>> (count - bits);
    return (int) (next & ((1L << bits) - 1));
  }

  private void skip(int bits) throws DamagedImageException {
    if (bits > count) {
      throw new DamagedImageException("truncated TIFF: a fax ends too early");
    }
    count -= bits;
    window &= (1L << count) - 1;
  }
}
