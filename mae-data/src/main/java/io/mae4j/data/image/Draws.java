package io.mae4j.data.image;

import java.util.random.RandomGenerator;

/**
 * Numbers out of a generator's 64-bit words by stated formulas: the platform's bounded draws may
 * change from one Java release to the next, a run's sequence may not.
 */
public final class Draws {

  private Draws() {}

  /** A number in [0, 1): the upper 53 bits of the next word. */
  public static double unit(RandomGenerator random) {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * A number in 0..bound−1: the upper 32 bits of the next word times bound, divided by 2³² (Lemire
   * 2019, without rejection; no value's probability is off by more than 2⁻³²).
   */
  public static int below(RandomGenerator random, int bound) {
    return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
  }

  /**
   * A number of the standard normal distribution, of two draws of {@link #unit} (Box and Muller
   * 1958).
   */
  public static double gaussian(RandomGenerator random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit(random)));
    return radius * StrictMath.cos(2 * Math.PI * unit(random));
  }
}
