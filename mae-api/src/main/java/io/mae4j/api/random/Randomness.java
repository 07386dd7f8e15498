package io.mae4j.api.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The source of all random choices of a run. Each choice has a purpose ("mask", "crop", "init" …),
 * an epoch and a sample; the same four values always give the same generator, whoever asks and in
 * whatever order.
 *
 * <p>The algorithm is {@link SplittableRandom} (SplitMix64, Steele, Lea and Flood 2014), whose
 * sequence the Java platform specifies; the seed of a generator is a SplitMix64 fold over the four
 * values.
 *
 * @param seed the run's seed
 */
public record Randomness(long seed) {

  /**
   * A fresh generator for one purpose, epoch and sample.
   *
   * @param purpose what is drawn, for example {@code "mask"}
   * @param epoch the epoch, 0-based; 0 where there is none
   * @param sample the sample's index in its data set; 0 where there is none
   */
  public RandomGenerator generator(String purpose, long epoch, long sample) {
    long state = mix(seed);
    for (int i = 0; i < purpose.length(); i++) {
      state = mix(state ^ purpose.charAt(i));
    }
    state = mix(state ^ epoch);
    state = mix(state ^ sample);
    return new SplittableRandom(state);
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
