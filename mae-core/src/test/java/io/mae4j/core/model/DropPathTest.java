package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.graph.Array;
import io.mae4j.api.random.Draws;
import io.mae4j.core.OfficialFigures;
import io.mae4j.core.checkpoint.SafetensorsReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DropPathTest {

  @Test
  void ratesGrowLinearlyFromZero() {
    DropPath dropPath = new DropPath(0.1, 12);

    assertThat(dropPath.rate(0)).isZero();
    // The official code's, in single precision.
    assertThat(dropPath.rate(1)).isCloseTo(0.00909090880304575, within(1e-8));
    assertThat(dropPath.rate(10)).isCloseTo(0.09090909361839294, within(1e-8));
    assertThat(dropPath.rate(11)).isCloseTo(0.10000000149011612, within(1e-8));
  }

  @Test
  @Tag("official")
  void theSameDrawsKeepTheSameBranchesAsOfficially() throws URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(DropPathTest.class.getResource("drop_path.safetensors"))
                .toURI());
    Map<String, Array> golden = SafetensorsReader.read(file).tensors();
    double[] draws = Objects.requireNonNull(golden.get("u")).toDoubles();
    double[] x = Objects.requireNonNull(golden.get("x")).toDoubles();
    int batch = draws.length;

    int branches = 4;
    float[] factors = new DropPath(0.3, 2).draw(batch, mirrored(draws, branches)).floats();

    double[] branch = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      branch[i] = x[i] * factors[i / (x.length / batch) * branches + 2];
    }
    double[] expected = Objects.requireNonNull(golden.get("y")).toDoubles();
    // The factors are in single precision.
    assertThat(OfficialFigures.difference("stochastic depth", branch, expected))
        .isLessThanOrEqualTo(1e-6);
  }

  /**
   * 1 − u of an image for each of its branches: the official code keeps where u is large, and we
   * where a draw is small.
   */
  private static DoubleSupplier mirrored(double[] draws, int branches) {
    AtomicInteger next = new AtomicInteger();
    return () -> 1 - draws[next.getAndIncrement() / branches];
  }

  @Test
  void branchesAreDroppedAtTheirRateAndKeptOnesMakeUpForIt() {
    DropPath dropPath = new DropPath(0.4, 3);
    int batch = 4000;

    float[] factors = dropPath.draw(batch, new Draws(1)).floats();

    for (int branch = 0; branch < 6; branch++) {
      double rate = dropPath.rate(branch / 2);
      int dropped = 0;
      for (int i = 0; i < batch; i++) {
        float factor = factors[i * 6 + branch];
        dropped += factor == 0 ? 1 : 0;
        assertThat(factor == 0 || factor == (float) (1 / (1 - rate))).isTrue();
      }
      // Four standard deviations of the binomial distribution.
      double deviation = Math.sqrt(rate * (1 - rate) / batch);
      assertThat((double) dropped / batch).isCloseTo(rate, within(4 * deviation + 1e-12));
    }
  }
}
