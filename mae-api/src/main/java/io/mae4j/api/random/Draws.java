package io.mae4j.api.random;

/**
 * A sequence of random numbers, and the only source of them in mae4j: everything is computed here
 * by the formulas below, with nothing of the platform in it that another release of Java, another
 * processor or another compiler may compute differently. Equal seeds give equal sequences, for
 * good; a change of a formula would change every run and is a change of version.
 *
 * <p>The words are those of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13 of
 * the mix). Each number takes one word, {@link #gaussian} two.
 *
 * <p>Not safe for use by several threads: each takes one of its own from {@link Randomness}.
 */
public final class Draws {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** The sequence of a seed. */
  public Draws(long seed) {
    this.state = seed;
  }

  /**
   * The next word, all of its 64 bits random: s ← s + 9e3779b97f4a7c15₁₆ is the state, which begins
   * as the seed, and {@link #mix} of it is the word.
   */
  public long word() {
    state += GAMMA;
    return mix(state);
  }

  /** A number in [0, 1): the upper 53 bits of the next word, divided by 2⁵³. */
  public double unit() {
    return (word() >>> 11) * 0x1.0p-53;
  }

  /** A number between two: from + (to − from)·u of a {@link #unit} u, rounded. */
  public double uniform(double from, double to) {
    return from + (to - from) * unit();
  }

  /**
   * A number in 0..bound−1: the upper 32 bits of the next word times bound, divided by 2³² (Lemire
   * 2019, without rejection; no value's probability is off by more than 2⁻³²).
   *
   * @param bound at least 1
   */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("there is no number from 0 that is below " + bound);
    }
    return (int) (((word() >>> 32) * bound) >>> 32);
  }

  /**
   * A number of the standard normal distribution: √(−2·ln(1 − u))·cos(2π·v) of two {@link #unit}s,
   * u first (Box and Muller 1958), in the arithmetic of {@link StrictMath}.
   */
  public double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** Stafford's variant 13 of a mix of 64 bits; each word comes from exactly one. */
  private static long mix(long word) {
    long z = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The first word of the sequence of a seed. */
  static long first(long seed) {
    return mix(seed + GAMMA);
  }
}
