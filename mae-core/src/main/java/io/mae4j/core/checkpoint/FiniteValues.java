package io.mae4j.core.checkpoint;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import java.nio.file.Path;
import java.util.Map;

/** Refuses what is no number, in files that are read and in files that are to be written. */
public final class FiniteValues {
  private FiniteValues() {}

  /**
   * Refuses values that are not numbers.
   *
   * @param path the file, for messages
   * @param tensors what is or shall be in it
   * @throws MaeException of kind DATA that names the file and the tensor
   */
  public static void require(Path path, Map<String, Array> tensors) {
    tensors.forEach(
        (name, array) -> {
          String where = path + ": tensor '" + name + "' ";
          if (array.dtype() == DType.INT32) {
            throw MaeException.data(where + "holds whole numbers instead of real ones");
          }
          int length = (int) array.shape().size();
          for (int i = 0; i < length; i++) {
            double value = array.dtype() == DType.FLOAT32 ? array.floats()[i] : array.doubles()[i];
            if (!Double.isFinite(value)) {
              throw MaeException.data(where + "holds " + value + " at element " + i);
            }
          }
        });
  }
}
