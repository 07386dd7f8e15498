package io.mae4j.core.train;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A batch cut into equal parts that are computed side by side; losses and gradients are averaged.
 * On a processor with several cores one core for each part wastes less than all cores for each
 * operator, where operators are small. Only for what each image comes to on its own, and for losses
 * that are means over the images of a batch.
 *
 * @param count S, the number of parts
 */
public record BatchParts(int count) {
  /** The batch as a whole. */
  public static final BatchParts WHOLE = new BatchParts(1);

  /** Below so many images a part's own operators are too small. */
  private static final int SMALLEST_PART = 16;

  /**
   * Above so many parameters the operators are large enough to keep all cores busy, and adding up a
   * part's gradients costs more than it saves.
   */
  private static final long MOST_PARAMETERS = 12_000_000;

  /**
   * The most parts that run at once and that a batch can be cut into.
   *
   * @param parallel how many a backend runs at once
   * @param batch B, images of a batch
   * @param parameters how many numbers the model has
   */
  public static BatchParts of(int parallel, int batch, long parameters) {
    int most = parameters > MOST_PARAMETERS ? 1 : Math.min(parallel, batch / SMALLEST_PART);
    for (int count = most; count > 1; count--) {
      if (batch % count == 0) {
        return new BatchParts(count);
      }
    }
    return WHOLE;
  }

  /**
   * Traces the mean loss of all parts.
   *
   * @param loss traces the loss [] of B/S images
   */
  public Tensor mean(GraphBuilder graph, Supplier<Tensor> loss) {
    if (count == 1) {
      return loss.get();
    }
    Tensor sum = graph.part(0, loss);
    for (int part = 1; part < count; part++) {
      sum = graph.add(sum, graph.part(part, loss));
    }
    return graph.affine(sum, 1.0 / count, 0);
  }

  /**
   * Traces what each image comes to.
   *
   * @param rows traces the rows [B/S, D] of B/S images
   * @return the rows of all parts [B, D]
   */
  public Tensor joined(GraphBuilder graph, Supplier<Tensor> rows) {
    if (count == 1) {
      return rows.get();
    }
    Tensor[] all = new Tensor[count];
    for (int part = 0; part < count; part++) {
      all[part] = graph.part(part, rows);
    }
    return graph.concat(0, all);
  }

  /**
   * The inputs of all parts.
   *
   * @param inputs arrays [B, ...] by name
   */
  public Map<String, Array> cut(Map<String, Array> inputs) {
    if (count == 1) {
      return inputs;
    }
    Map<String, Array> parts = new LinkedHashMap<>();
    inputs.forEach(
        (name, array) -> {
          for (int part = 0; part < count; part++) {
            parts.put(GraphBuilder.inputOfPart(name, part), slice(array, part));
          }
        });
    return parts;
  }

  private Array slice(Array array, int part) {
    Shape shape = array.shape().with(0, array.shape().dim(0) / count);
    int size = Math.toIntExact(shape.size());
    int from = part * size;
    return switch (array.dtype()) {
      case FLOAT32 -> Array.of(shape, Arrays.copyOfRange(array.floats(), from, from + size));
      case FLOAT64 -> Array.of(shape, Arrays.copyOfRange(array.doubles(), from, from + size));
      case INT32 -> Array.of(shape, Arrays.copyOfRange(array.ints(), from, from + size));
    };
  }
}
