package io.mae4j.eval.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The limited-memory quasi-Newton method L-BFGS (Liu and Nocedal 1989; Nocedal and Wright,
 * "Numerical Optimization", algorithms 7.4 and 3.1) for convex functions: directions from the last
 * ten changes of point and gradient, and steps that are halved until the value falls by a
 * ten-thousandth of what the slope promises.
 *
 * @param tolerance it ends when no derivative is larger
 * @param iterations or after so many steps
 */
record Lbfgs(double tolerance, int iterations) {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final int HALVINGS = 30;

  private record Change(double[] point, double[] gradient, double product) {}

  /** Goes down from a point until no derivative is large, or rounding hides the way. */
  double[] minimize(SmoothFunction function, double[] start) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = function.evaluate(point, gradient);
    Deque<Change> changes = new ArrayDeque<>();
    int taken = 0;
    while (taken < iterations && largest(gradient) > tolerance) {
      double[] direction = direction(gradient, changes);
      double slope = dot(direction, gradient);
      double step = changes.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
      double[] next = point;
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int i = 0; i < HALVINGS; i++) {
        next = sum(point, step, direction);
        nextValue = function.evaluate(next, nextGradient);
        if (nextValue <= value + SUFFICIENT * step * slope) {
          break;
        }
        step /= 2;
      }
      if (!(nextValue < value)) {
        break;
      }
      double[] moved = sum(next, -1, point);
      double[] turned = sum(nextGradient, -1, gradient);
      double product = dot(moved, turned);
      if (product > 0) {
        changes.addLast(new Change(moved, turned, product));
        if (changes.size() > MEMORY) {
          changes.removeFirst();
        }
      }
      point = next;
      gradient = nextGradient;
      value = nextValue;
      taken++;
    }
    return point;
  }

  /** The negative gradient times the inverse Hessian that the changes suggest. */
  private static double[] direction(double[] gradient, Deque<Change> changes) {
    double[] direction = new double[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -gradient[i];
    }
    if (changes.isEmpty()) {
      return direction;
    }
    double[] alphas = new double[changes.size()];
    int i = alphas.length;
    for (Iterator<Change> newest = changes.descendingIterator(); newest.hasNext(); ) {
      Change change = newest.next();
      alphas[--i] = dot(change.point(), direction) / change.product();
      addTo(direction, -alphas[i], change.gradient());
    }
    Change last = changes.getLast();
    double scale = last.product() / dot(last.gradient(), last.gradient());
    for (int d = 0; d < direction.length; d++) {
      direction[d] *= scale;
    }
    for (Change change : changes) {
      double beta = dot(change.gradient(), direction) / change.product();
      addTo(direction, alphas[i++] - beta, change.point());
    }
    return direction;
  }

  private static double[] sum(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    addTo(sum, factor, b);
    return sum;
  }

  private static void addTo(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
