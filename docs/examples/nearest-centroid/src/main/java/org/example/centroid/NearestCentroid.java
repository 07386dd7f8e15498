package org.example.centroid;

import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.Features;
import java.util.Map;

/**
 * Each class is the mean of its training features; a test image belongs to the class whose mean is
 * nearest. Nothing is trained, so it tells how far the classes lie apart by themselves.
 *
 * @param distance how far two vectors are from each other
 */
record NearestCentroid(Distance distance) implements Evaluator {

  /** Distances between vectors. */
  enum Distance {
    /** The straight line. */
    EUCLIDEAN {
      @Override
      double between(double[] centroid, float[] values, int offset) {
        double sum = 0;
        for (int d = 0; d < centroid.length; d++) {
          double difference = centroid[d] - values[offset + d];
          sum += difference * difference;
        }
        return sum;
      }
    },
    /** One minus the cosine of the angle, up to the length of the test vector. */
    COSINE {
      @Override
      double between(double[] centroid, float[] values, int offset) {
        double product = 0;
        double squares = 0;
        for (int d = 0; d < centroid.length; d++) {
          product += centroid[d] * values[offset + d];
          squares += centroid[d] * centroid[d];
        }
        return squares == 0 ? 0 : -product / Math.sqrt(squares);
      }
    };

    abstract double between(double[] centroid, float[] values, int offset);
  }

  @Override
  public Evaluation evaluate(EvaluationTask task) {
    double[][] centroids = centroids(task.train(), task.classes());
    Features test = task.test();
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += nearest(centroids, test, i) == test.labels()[i] ? 1 : 0;
    }
    return new Evaluation(
        100.0 * right / test.size(), Map.of("distance", distance.name().toLowerCase()));
  }

  private static double[][] centroids(Features train, int classes) {
    int width = train.width();
    double[][] centroids = new double[classes][width];
    int[] images = new int[classes];
    for (int i = 0; i < train.size(); i++) {
      int label = train.labels()[i];
      images[label]++;
      for (int d = 0; d < width; d++) {
        centroids[label][d] += train.values()[i * width + d];
      }
    }
    for (int label = 0; label < classes; label++) {
      for (int d = 0; d < width; d++) {
        centroids[label][d] /= Math.max(1, images[label]);
      }
    }
    return centroids;
  }

  private int nearest(double[][] centroids, Features test, int image) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int label = 0; label < centroids.length; label++) {
      double found = distance.between(centroids[label], test.values(), image * test.width());
      if (found < least) {
        best = label;
        least = found;
      }
    }
    return best;
  }
}
