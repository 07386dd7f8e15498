package io.mae4j.data.image.webp;

/** Smooths the edges of macroblocks and of the 4×4 blocks in them (RFC 6386, section 15). */
final class LoopFilter {
  private final Plane plane;
  private final byte[] samples;

  LoopFilter(Plane plane) {
    this.plane = plane;
    this.samples = plane.samples();
  }

  /**
   * Smooths the edges of a macroblock's share of the plane.
   *
   * @param simple whether the simple filter is asked for, else the normal one
   * @param side of the square, in samples
   * @param x its left edge; the one of the picture stays as it is
   * @param y its upper edge; likewise
   * @param inner whether the edges of the 4×4 blocks are smoothed too
   */
  void square(boolean simple, FilterStrength strength, int side, int x, int y, boolean inner) {
    int at = plane.at(x, y);
    int stride = plane.stride();
    if (x > 0) {
      edge(simple, true, strength, at, 1, stride, side);
    }
    for (int i = 4; inner && i < side; i += 4) {
      edge(simple, false, strength, at + i, 1, stride, side);
    }
    if (y > 0) {
      edge(simple, true, strength, at, stride, 1, side);
    }
    for (int i = 4; inner && i < side; i += 4) {
      edge(simple, false, strength, at + i * stride, stride, 1, side);
    }
  }

  /**
   * Smooths an edge.
   *
   * @param outer whether it is one of the macroblock
   * @param at the first sample behind it
   * @param across from a sample to the next across the edge
   * @param along from a sample to the next along the edge
   */
  private void edge(
      boolean simple,
      boolean outer,
      FilterStrength strength,
      int at,
      int across,
      int along,
      int length) {
    int limit = 2 * (outer ? strength.limit() + 4 : strength.limit()) + 1;
    for (int i = 0, place = at; i < length; i++, place += along) {
      if (!isWithin(limit, place, across)) {
        continue;
      }
      if (simple) {
        two(place, across);
      } else if (isSmooth(strength.interior(), place, across)) {
        if (varies(strength.highVariance(), place, across)) {
          two(place, across);
        } else if (outer) {
          six(place, across);
        } else {
          four(place, across);
        }
      }
    }
  }

  private int sample(int at) {
    return samples[at] & 0xff;
  }

  private int difference(int left, int right) {
    return Math.abs(sample(left) - sample(right));
  }

  private boolean isWithin(int limit, int at, int step) {
    return 4 * difference(at - step, at) + difference(at - 2 * step, at + step) <= limit;
  }

  private boolean isSmooth(int interior, int at, int step) {
    return difference(at - 4 * step, at - 3 * step) <= interior
        && difference(at - 3 * step, at - 2 * step) <= interior
        && difference(at - 2 * step, at - step) <= interior
        && difference(at + 3 * step, at + 2 * step) <= interior
        && difference(at + 2 * step, at + step) <= interior
        && difference(at + step, at) <= interior;
  }

  private boolean varies(int threshold, int at, int step) {
    return difference(at - 2 * step, at - step) > threshold
        || difference(at + step, at) > threshold;
  }

  /** Changes one sample on each side. */
  private void two(int at, int step) {
    int change =
        3 * (sample(at) - sample(at - step)) + signed(sample(at - 2 * step) - sample(at + step));
    add(at - step, eighth(change + 3));
    add(at, -eighth(change + 4));
  }

  /** Changes two samples on each side. */
  private void four(int at, int step) {
    int change = 3 * (sample(at) - sample(at - step));
    int right = eighth(change + 4);
    int outer = (right + 1) >> 1;
    add(at - 2 * step, outer);
    add(at - step, eighth(change + 3));
    add(at, -right);
    add(at + step, -outer);
  }

  /** Changes three samples on each side. */
  private void six(int at, int step) {
    int change =
        signed(
            3 * (sample(at) - sample(at - step))
                + signed(sample(at - 2 * step) - sample(at + step)));
    for (int i = 0; i < 3; i++) {
      int share = ((27 - 9 * i) * change + 63) >> 7;
      add(at - (i + 1) * step, share);
      add(at + i * step, -share);
    }
  }

  private void add(int at, int change) {
    samples[at] = Plane.clip(sample(at) + change);
  }

  private static int signed(int value) {
    return Math.max(-128, Math.min(127, value));
  }

  private static int eighth(int value) {
    return Math.max(-16, Math.min(15, value >> 3));
  }
}
