package io.mae4j.api.random;

/**
 * The source of all random choices of a run. Each choice has a purpose ("mask", "crop", "init" …),
 * an epoch and a sample; the same four values always give the same {@link Draws}, whoever asks and
 * in whatever order.
 *
 * @param seed the run's seed
 */
public record Randomness(long seed) {

  /**
   * Fresh draws for one purpose, epoch and sample. Their seed is folded of the four values: it
   * begins as the first word of the run's seed, and for each character of the purpose, the epoch
   * and the sample it becomes the first word of itself xor that value.
   *
   * @param purpose what is drawn, for example {@code "mask"}
   * @param epoch the epoch, 0-based; 0 where there is none
   * @param sample the sample's index in its data set; 0 where there is none
   */
  public Draws draws(String purpose, long epoch, long sample) {
    long folded = Draws.first(seed);
    for (int i = 0; i < purpose.length(); i++) {
      folded = Draws.first(folded ^ purpose.charAt(i));
    }
    folded = Draws.first(folded ^ epoch);
    folded = Draws.first(folded ^ sample);
    return new Draws(folded);
  }
}
