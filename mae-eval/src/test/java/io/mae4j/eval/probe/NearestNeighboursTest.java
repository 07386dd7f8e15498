package io.mae4j.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {
  private static final int WIDTH = 37;
  private static final int K = 20;

  private static float[] random(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  @Test
  void findsTheRowsThatBruteForceFinds() {
    int rows = 700;
    int queries = 50;
    float[] table = random(rows, 1);
    float[] asked = random(queries, 2);
    NearestNeighbours nearest = new NearestNeighbours(table, WIDTH, K);
    int[] answered = new int[queries];
    for (int tile = 0; tile < nearest.tiles(queries); tile++) {
      nearest.search(
          asked,
          tile,
          (query, neighbour, similarity) -> {
            double[] products = products(table, rows, asked, query);
            List<Integer> expected =
                IntStream.range(0, rows)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> -products[row]))
                    .limit(K)
                    .toList();
            assertThat(neighbour).containsExactly(expected.stream().mapToInt(i -> i).toArray());
            for (int i = 0; i < K; i++) {
              assertThat((double) similarity[i]).isCloseTo(products[expected.get(i)], within(1e-5));
            }
            answered[query]++;
          });
    }
    assertThat(answered).containsOnly(1);
  }

  private static double[] products(float[] table, int rows, float[] queries, int query) {
    double[] products = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < WIDTH; d++) {
        products[row] += (double) table[row * WIDTH + d] * queries[query * WIDTH + d];
      }
    }
    return products;
  }

  @Test
  void ranksEqualRowsByTheirPlace() {
    float[] row = random(1, 3);
    float[] table = new float[600 * WIDTH];
    for (int i = 0; i < 600; i++) {
      System.arraycopy(row, 0, table, i * WIDTH, WIDTH);
    }
    float[] query = row.clone();
    new NearestNeighbours(table, WIDTH, K)
        .search(
            query,
            0,
            (q, neighbour, similarity) ->
                assertThat(neighbour).isEqualTo(IntStream.range(0, K).toArray()));
    Arrays.fill(table, 500 * WIDTH, 501 * WIDTH, 0);
    System.arraycopy(row, 0, table, 500 * WIDTH, WIDTH);
    table[500 * WIDTH] *= 2;
    query[0] = Math.copySign(1, row[0]);
    new NearestNeighbours(table, WIDTH, 3)
        .search(
            query,
            0,
            (q, neighbour, similarity) -> assertThat(neighbour).containsExactly(500, 0, 1));
  }
}
