package io.mae4j.data.image;

/**
 * The weights of one axis of a resize, as Pillow's {@code precompute_coeffs} and {@code
 * normalize_coeffs_8bpc} give them: Keys' cubic with a = −0.5, widened when shrinking so that it
 * averages (antialias), normalised in double precision, then rounded to 22 fractional bits.
 */
final class BicubicKernel {
  static final int FRACTION_BITS = 22;

  /** The weights of each output are filled up with zeros to a multiple of this many. */
  static final int TAPS_AT_ONCE = 4;

  private static final double A = -0.5;
  private static final double SUPPORT = 2;

  private final int taps;
  private final int[] weights;
  private final int[] first;
  private final int[] count;

  /**
   * For some of the outputs.
   *
   * @param inputSize pixels before
   * @param outputSize pixels after
   * @param begin the first output that is wanted
   * @param outputs how many are wanted
   */
  BicubicKernel(int inputSize, int outputSize, int begin, int outputs) {
    double scale = (double) inputSize / outputSize;
    double widening = Math.max(scale, 1);
    double support = SUPPORT * widening;
    int most = (int) Math.ceil(support) * 2 + 1;
    taps = (most + TAPS_AT_ONCE - 1) / TAPS_AT_ONCE * TAPS_AT_ONCE;
    weights = new int[Math.multiplyExact(outputs, taps)];
    first = new int[outputs];
    count = new int[outputs];
    double[] exact = new double[most];
    for (int out = 0; out < outputs; out++) {
      double centre = (begin + out + 0.5) * scale;
      int from = Math.max(0, (int) (centre - support + 0.5));
      int to = Math.min(inputSize, (int) (centre + support + 0.5));
      double sum = 0;
      for (int i = 0; i < to - from; i++) {
        exact[i] = cubic((i + from - centre + 0.5) * (1 / widening));
        sum += exact[i];
      }
      for (int i = 0; i < to - from; i++) {
        double weight = exact[i] / sum * (1 << FRACTION_BITS);
        weights[out * taps + i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
      }
      first[out] = from;
      count[out] = to - from;
    }
  }

  /** The first input that has a weight; outputs are counted from the first wanted one. */
  int first(int out) {
    return first[out];
  }

  /** One more than the last input that has a weight. */
  int end(int out) {
    return first[out] + count[out];
  }

  /** How many inputs have a weight. */
  int count(int out) {
    return count[out];
  }

  /** Where the weights of an output begin in {@link #weights}. */
  int offset(int out) {
    return out * taps;
  }

  int[] weights() {
    return weights;
  }

  private static double cubic(double signed) {
    double x = Math.abs(signed);
    if (x < 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    if (x < 2) {
      return (((x - 5) * x + 8) * x - 4) * A;
    }
    return 0;
  }
}
