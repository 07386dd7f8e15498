package org.example.centroid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Features;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NearestCentroidTest {
  private static final Features TRAIN =
      new Features(2, new float[] {0, 1, 0, 3, 4, 0, 6, 0}, new int[] {0, 0, 1, 1});
  // The first lies nearer to the mean (0, 2), but in the direction of (5, 0).
  private static final Features TEST =
      new Features(2, new float[] {0.9f, 0.5f, 0, 9, 7, 1}, new int[] {0, 0, 1});

  private static double accuracy(String distance) {
    // The evaluation needs no engine.
    Backend none =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> null);
    return new NearestCentroidProvider()
        .create(Map.of("distance", distance))
        .evaluate(new EvaluationTask(TRAIN, TEST, 2, none, 0))
        .accuracy();
  }

  @Test
  void takesTheNearestMean() {
    assertEquals(100, accuracy("euclidean"));
    assertEquals(200 / 3.0, accuracy("cosine"), 1e-9);
  }

  @Test
  void refusesAnotherDistance() {
    assertThrows(MaeException.class, () -> accuracy("taxi"));
  }
}
