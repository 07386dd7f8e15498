package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.checkpoint.FiniteValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks tensors against what a model wants: all there, nothing else, right shapes, numbers. */
final class TensorCheck {
  private static final int MOST_SHOWN = 3;

  private TensorCheck() {}

  /**
   * The tensors of a model in its order.
   *
   * @param path the file, for messages
   * @param tensors what it holds
   * @param parameters what the model wants
   * @throws MaeException of kind DATA that names the file and the tensor
   */
  static Map<String, Array> complete(
      Path path, Map<String, Array> tensors, List<ParameterSpec> parameters) {
    Map<String, Array> ordered = new LinkedHashMap<>();
    for (ParameterSpec parameter : parameters) {
      String where = path + ": tensor '" + parameter.name() + "' ";
      Array array = tensors.get(parameter.name());
      if (array == null) {
        throw MaeException.data(where + "is missing");
      }
      if (!array.shape().equals(parameter.shape())) {
        throw MaeException.data(
            where + "has the shape " + array.shape() + " instead of " + parameter.shape());
      }
      ordered.put(parameter.name(), array);
    }
    Set<String> others = new LinkedHashSet<>(tensors.keySet());
    others.removeAll(ordered.keySet());
    if (!others.isEmpty()) {
      throw MaeException.data(
          path
              + " holds tensors that a masked autoencoder has no place for: "
              + String.join(", ", others.stream().limit(MOST_SHOWN).toList())
              + (others.size() > MOST_SHOWN
                  ? " and " + (others.size() - MOST_SHOWN) + " more"
                  : ""));
    }
    FiniteValues.require(path, ordered);
    return ordered;
  }
}
