package io.mae4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.random.Draws;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  private static final int CHANNELS = 3;
  private static final int HEIGHT = 24;
  private static final int WIDTH = 20;
  private static final int PLANE = HEIGHT * WIDTH;
  private static final float PAPER = 99;

  private static float[] erased(double probability, int seed) {
    float[] values = new float[CHANNELS * PLANE + 2];
    Arrays.fill(values, PAPER);
    new RandomErasing(probability).apply(values, 1, CHANNELS, HEIGHT, WIDTH, new Draws(seed));
    return values;
  }

  @Test
  void erasesARectangleOfNoiseInEveryChannelAndNothingElse() {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int seed = 0; seed < 300; seed++) {
      float[] values = erased(1, seed);
      assertThat(values[0]).isEqualTo(PAPER);
      assertThat(values[values.length - 1]).isEqualTo(PAPER);
      int top = HEIGHT;
      int bottom = 0;
      int left = WIDTH;
      int right = 0;
      int area = 0;
      for (int i = 0; i < PLANE; i++) {
        boolean gone = values[1 + i] != PAPER;
        for (int c = 1; c < CHANNELS; c++) {
          assertThat(values[1 + c * PLANE + i] != PAPER).isEqualTo(gone);
        }
        if (gone) {
          area++;
          top = Math.min(top, i / WIDTH);
          bottom = Math.max(bottom, i / WIDTH + 1);
          left = Math.min(left, i % WIDTH);
          right = Math.max(right, i % WIDTH + 1);
          sum += values[1 + i];
          squares += values[1 + i] * (double) values[1 + i];
          count++;
        }
      }
      assertThat(area).isEqualTo((bottom - top) * (right - left));
      // Sides are rounded to whole pixels, so the share may leave 2 to 33 % a little.
      assertThat(area / (double) PLANE).isBetween(0.01, 0.38);
      assertThat((bottom - top) / (double) (right - left)).isBetween(0.2, 5.0);
    }
    assertThat(sum / count).isCloseTo(0, within(0.02));
    assertThat(squares / count).isCloseTo(1, within(0.03));
  }

  @Test
  void erasesAsOftenAsAsked() {
    int erased = 0;
    for (int seed = 0; seed < 2000; seed++) {
      float[] values = erased(0.25, seed);
      for (float value : values) {
        if (value != PAPER) {
          erased++;
          break;
        }
      }
      assertThat(erased(0, seed)).containsOnly(PAPER);
    }
    // Four standard deviations.
    assertThat(erased / 2000.0).isCloseTo(0.25, within(0.039));
  }
}
