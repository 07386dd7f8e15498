package io.mae4j.core.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.random.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Stochastic depth (Huang et al. 2016) as the official fine-tuning uses it: in training a residual
 * branch of an image is left out with a probability that grows linearly from 0 in the first block
 * to the rate in the last; what is kept is divided by the probability of being kept.
 *
 * @param rate of the last block, at least 0 and below 1
 * @param depth blocks
 */
public record DropPath(double rate, int depth) {
  /** Input: what each branch of each image is multiplied by [B, 2·depth]. */
  public static final String FACTORS = "drop_path";

  /** Checks the rate. */
  public DropPath {
    if (!(rate >= 0 && rate < 1)) {
      throw MaeException.user("drop-path must be at least 0 and below 1, got " + rate);
    }
  }

  /** The probability with which the branches of a block are left out. */
  public double rate(int block) {
    return depth == 1 ? 0 : rate * block / (depth - 1);
  }

  /** Draws the factors of a batch of B images [B, 2·depth]: 0, or 1 over the probability of 1. */
  public Array draw(int batch, Draws random) {
    return draw(batch, random::unit);
  }

  /** Takes the numbers in [0, 1) as they come; a branch is kept where one is small. */
  Array draw(int batch, DoubleSupplier units) {
    float[] factors = new float[2 * depth * batch];
    for (int i = 0; i < factors.length; i++) {
      double kept = 1 - rate(i % (2 * depth) / 2);
      factors[i] = units.getAsDouble() < kept ? (float) (1 / kept) : 0;
    }
    return Array.of(Shape.of(batch, 2 * depth), factors);
  }

  /** Traces the branches of a batch of B images. */
  Blocks.Branch branches(GraphBuilder graph, int batch) {
    if (rate == 0) {
      return Blocks.Branch.KEPT;
    }
    Tensor factors = graph.input(FACTORS, TensorType.real(batch, 2 * depth));
    Integer[] ones = new Integer[2 * depth];
    java.util.Arrays.fill(ones, 1);
    List<Tensor> columns = new ArrayList<>(graph.split(factors, 1, ones));
    return (index, output) ->
        rate(index / 2) == 0
            ? output
            : graph.mul(output, graph.reshape(columns.get(index), Shape.of(batch, 1, 1)));
  }
}
