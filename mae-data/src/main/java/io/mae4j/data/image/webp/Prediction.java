package io.mae4j.data.image.webp;

import java.util.Arrays;

/**
 * Predicts squares of samples from those above and to the left (RFC 6386, section 12). What lies
 * beyond the edges is in the plane.
 */
final class Prediction {
  private static final int GREY = 128;

  private Prediction() {}

  /**
   * Predicts a macroblock's share of a plane.
   *
   * @param mode one of {@link Modes}
   * @param side of the square, in samples
   * @param x its left edge
   * @param y its upper edge
   */
  static void square(Plane plane, int mode, int side, int x, int y) {
    int at = plane.at(x, y);
    switch (mode) {
      case Modes.DC -> fill(plane, at, side, mean(plane, side, x, y));
      case Modes.VERTICAL -> vertical(plane, at, side);
      case Modes.HORIZONTAL -> horizontal(plane, at, side);
      default -> trueMotion(plane, at, side);
    }
  }

  private static void fill(Plane plane, int at, int side, int value) {
    for (int row = 0; row < side; row++) {
      int start = at + row * plane.stride();
      Arrays.fill(plane.samples(), start, start + side, (byte) value);
    }
  }

  /** The mean of the neighbours that are there. */
  private static int mean(Plane plane, int side, int x, int y) {
    int sum = 0;
    int count = 0;
    if (y > 0) {
      for (int i = 0; i < side; i++) {
        sum += plane.sample(x + i, y - 1);
      }
      count += side;
    }
    if (x > 0) {
      for (int i = 0; i < side; i++) {
        sum += plane.sample(x - 1, y + i);
      }
      count += side;
    }
    return count == 0 ? GREY : (sum + count / 2) / count;
  }

  private static void vertical(Plane plane, int at, int side) {
    byte[] samples = plane.samples();
    for (int row = 0; row < side; row++) {
      System.arraycopy(samples, at - plane.stride(), samples, at + row * plane.stride(), side);
    }
  }

  private static void horizontal(Plane plane, int at, int side) {
    byte[] samples = plane.samples();
    for (int row = 0; row < side; row++) {
      int start = at + row * plane.stride();
      Arrays.fill(samples, start, start + side, samples[start - 1]);
    }
  }

  private static void trueMotion(Plane plane, int at, int side) {
    byte[] samples = plane.samples();
    int above = at - plane.stride();
    int corner = samples[above - 1] & 0xff;
    for (int row = 0; row < side; row++) {
      int start = at + row * plane.stride();
      int change = (samples[start - 1] & 0xff) - corner;
      for (int i = 0; i < side; i++) {
        samples[start + i] = Plane.clip((samples[above + i] & 0xff) + change);
      }
    }
  }

  /**
   * Predicts a 4×4 block.
   *
   * @param mode one of the block modes of {@link Modes}
   * @param at its first sample
   * @param aboveRight the place of the four samples above and to the right of it
   */
  static void block(Plane plane, int mode, int at, int aboveRight) {
    switch (mode) {
      case Modes.BLOCK_DC -> blockMean(plane, at);
      case Modes.BLOCK_TRUE_MOTION -> trueMotion(plane, at, 4);
      default -> new Edge(plane, at, aboveRight).predict(mode);
    }
  }

  private static void blockMean(Plane plane, int at) {
    byte[] samples = plane.samples();
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum +=
          (samples[at - plane.stride() + i] & 0xff) + (samples[at + i * plane.stride() - 1] & 0xff);
    }
    fill(plane, at, 4, sum >> 3);
  }

  /**
   * The 13 samples around a 4×4 block, from the lowest on the left by the corner to the last above
   * and to the right: places 0 to 3 lie to the left, 4 in the corner, 5 to 12 above.
   */
  private static final class Edge {
    private static final int CORNER = 4;

    private final Plane plane;
    private final int at;
    private final int[] edge = new int[13];

    Edge(Plane plane, int at, int aboveRight) {
      this.plane = plane;
      this.at = at;
      byte[] samples = plane.samples();
      int stride = plane.stride();
      for (int i = 0; i < 4; i++) {
        edge[i] = samples[at + (3 - i) * stride - 1] & 0xff;
        edge[CORNER + 1 + i] = samples[at - stride + i] & 0xff;
        edge[CORNER + 5 + i] = samples[aboveRight + i] & 0xff;
      }
      edge[CORNER] = samples[at - stride - 1] & 0xff;
    }

    void predict(int mode) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          plane.samples()[at + y * plane.stride() + x] = (byte) sample(mode, x, y);
        }
      }
    }

    private int sample(int mode, int x, int y) {
      return switch (mode) {
        case Modes.BLOCK_VERTICAL -> smooth(CORNER + 1 + x);
        case Modes.BLOCK_HORIZONTAL -> y == 3 ? smooth(0, 0, 1) : smooth(3 - y);
        case Modes.RIGHT_DOWN -> smooth(CORNER + x - y);
        case Modes.LEFT_DOWN -> x + y == 6 ? smooth(11, 12, 12) : smooth(CORNER + 2 + x + y);
        case Modes.VERTICAL_RIGHT -> verticalRight(x, y);
        case Modes.VERTICAL_LEFT -> verticalLeft(x, y);
        case Modes.HORIZONTAL_DOWN -> horizontalDown(x, y);
        default -> horizontalUp(x, y);
      };
    }

    private int verticalRight(int x, int y) {
      int along = 2 * x - y;
      if (along < -1) {
        return smooth(CORNER + 1 + along);
      }
      return along % 2 == 0 ? half(CORNER + along / 2) : smooth(CORNER + (along + 1) / 2);
    }

    private int verticalLeft(int x, int y) {
      // The last column's lower half takes three samples further on instead.
      if (x == 3 && y >= 2) {
        return smooth(CORNER + 4 + y);
      }
      int first = CORNER + 1 + x + y / 2;
      return y % 2 == 0 ? half(first) : smooth(first + 1);
    }

    private int horizontalDown(int x, int y) {
      int along = 2 * y - x;
      if (along < -1) {
        return smooth(CORNER - 1 - along);
      }
      return along % 2 == 0 ? half(CORNER - 1 - along / 2) : smooth(CORNER - (along + 1) / 2);
    }

    private int horizontalUp(int x, int y) {
      int along = x + 2 * y;
      if (along > 5) {
        return edge[0];
      }
      if (along == 5) {
        return smooth(0, 0, 1);
      }
      return along % 2 == 0 ? half(2 - along / 2) : smooth(2 - along / 2);
    }

    /** The mean of a sample and the next. */
    private int half(int first) {
      return (edge[first] + edge[first + 1] + 1) >> 1;
    }

    /** The mean of a sample, counted twice, and both its neighbours. */
    private int smooth(int middle) {
      return smooth(middle - 1, middle, middle + 1);
    }

    private int smooth(int before, int middle, int after) {
      return (edge[before] + 2 * edge[middle] + edge[after] + 2) >> 2;
    }
  }
}
