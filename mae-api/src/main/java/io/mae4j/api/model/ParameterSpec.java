package io.mae4j.api.model;

import io.mae4j.api.graph.Shape;
import java.util.Collection;

/**
 * A value that belongs to a model.
 *
 * @param name its official name, for example {@code blocks.0.attn.qkv.weight}
 * @param shape its extents as stored in checkpoints
 * @param initializer its first value
 * @param trainable whether training changes it; fixed position embeddings are not
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, boolean trainable) {

  /** How many numbers some parameters have together. */
  public static long sizeOf(Collection<ParameterSpec> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }
}
