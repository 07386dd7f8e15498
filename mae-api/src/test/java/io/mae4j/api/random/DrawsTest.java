package io.mae4j.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The sequence, in numbers: those of the words are the ones that are published for SplitMix64, the
 * rest was computed by the stated formulas in another language.
 */
class DrawsTest {

  private static Draws mask() {
    return new Randomness(0).draws("mask", 0, 0);
  }

  private static long[] words(Draws draws, int count) {
    return LongStream.generate(draws::word).limit(count).toArray();
  }

  @Test
  void wordsAreThoseOfSplitMix64() {
    assertThat(words(new Draws(1234567), 5))
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821"));
  }

  @Test
  void wordsAreThoseThatRunsHadBeforeTheyWereComputedHere() {
    for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE, 0x9e3779b97f4a7c15L}) {
      SplittableRandom platform = new SplittableRandom(seed);
      assertThat(words(new Draws(seed), 1000))
          .isEqualTo(LongStream.generate(platform::nextLong).limit(1000).toArray());
    }
  }

  @Test
  void purposeEpochAndSampleEachHaveTheirOwnSequence() {
    assertThat(words(mask(), 3))
        .containsExactly(0xbe897b5955ec87f1L, 0xdeb6e04ae98e8484L, 0xdeaf09cc89cc8c01L);
    assertThat(words(new Randomness(7).draws("crop", 2, 5), 3))
        .containsExactly(0xb2bb59f8b5138dc5L, 0xb4e610d929414b04L, 0x92c2d5f7694facc4L);
    assertThat(words(new Randomness(-1).draws("init:cls_token", 0, 0), 3))
        .containsExactly(0xe47515e3827fb529L, 0x6a21e88930afb4f2L, 0x652ed6b6d2d8e6b1L);
    assertThat(words(new Randomness(0).draws("mask", 2, 5), 3))
        .containsExactly(0xe40f3b559af42bd7L, 0x1ff37d5fc0b8f52bL, 0x6a2cdb126819524bL);
    assertThat(words(new Randomness(0).draws("mask", 5, 2), 3))
        .containsExactly(0xb6b332132a846832L, 0x40c247feab07b685L, 0x17999845640e78b2L);
  }

  @Test
  void unitsAreTheUpperBitsOfWords() {
    Draws draws = mask();

    assertThat(draws.unit()).isEqualTo(0x1.7d12f6b2abd90p-1);
    assertThat(draws.unit()).isEqualTo(0x1.bd6dc095d31d0p-1);
    assertThat(draws.unit()).isEqualTo(0x1.bd5e139913991p-1);
  }

  @Test
  void uniformNumbersLieBetweenTheirBounds() {
    Draws draws = mask();

    assertThat(draws.uniform(-3, 5)).isEqualTo(0x1.7a25ed6557b20p+1);
    assertThat(draws.uniform(-3, 5)).isEqualTo(0x1.fadb812ba63a0p+1);
    assertThat(draws.uniform(-3, 5)).isEqualTo(0x1.fabc273227322p+1);
  }

  @Test
  void boundedNumbersAreTheUpperHalvesOfWordsScaled() {
    Draws draws = mask();

    assertThat(IntStream.generate(() -> draws.below(1000)).limit(8))
        .containsExactly(744, 869, 869, 966, 900, 540, 592, 557);
  }

  @Test
  void boundedNumbersReachEveryValueUpToTheLargestBound() {
    Draws draws = new Draws(1);

    assertThat(IntStream.generate(() -> draws.below(3)).limit(100).distinct())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(IntStream.generate(() -> draws.below(1)).limit(100)).containsOnly(0);
    assertThat(IntStream.generate(() -> draws.below(Integer.MAX_VALUE)).limit(1000))
        .allMatch(value -> value >= 0 && value < Integer.MAX_VALUE)
        .anyMatch(value -> value > Integer.MAX_VALUE / 10 * 9);
  }

  @Test
  void thereIsNothingBelowABoundOfZero() {
    Draws draws = new Draws(1);

    assertThatThrownBy(() -> draws.below(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> draws.below(-4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void normalNumbersAreThoseOfTheStatedFormula() {
    Draws draws = mask();

    assertThat(draws.gaussian()).isEqualTo(0x1.215e8f72b5517p+0);
    assertThat(draws.gaussian()).isEqualTo(0x1.f9449e0b9c5b6p+0);
    assertThat(draws.gaussian()).isEqualTo(-0x1.09de9004862bap+1);
    assertThat(draws.gaussian()).isEqualTo(-0x1.411d3499bccaap+0);
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    Draws draws = new Draws(3);
    int count = 100_000;
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = draws.gaussian();
    }

    double mean = 0;
    double squares = 0;
    for (double value : values) {
      mean += value / count;
      squares += value * value / count;
    }

    // Four standard errors: 1/√n of the mean, √(2/n) of the mean square.
    assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(count)));
    assertThat(squares).isCloseTo(1, within(4 * Math.sqrt(2.0 / count)));
  }
}
