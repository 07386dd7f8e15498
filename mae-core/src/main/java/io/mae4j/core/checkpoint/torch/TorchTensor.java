package io.mae4j.core.checkpoint.torch;

import java.util.List;

/**
 * A tensor as a file describes it: a view of a storage. Its values are still in the file.
 *
 * @param storage where its values lie
 * @param offset its first element in the storage
 * @param dims its extents, at least 0 each
 * @param strides elements between neighbours along each axis, at least 0 each
 */
record TorchTensor(Storage storage, long offset, List<Long> dims, List<Long> strides) {

  /**
   * A run of elements.
   *
   * @param type their type
   * @param key its name in the file
   * @param elements how many there are
   */
  record Storage(TorchType type, String key, long elements) {}

  /**
   * Checks that every element lies in the storage and that there are not more than it has.
   *
   * @throws IllegalArgumentException if not
   */
  TorchTensor {
    dims = List.copyOf(dims);
    strides = List.copyOf(strides);
    if (dims.size() != strides.size() || dims.size() > 16) {
      throw new IllegalArgumentException("shape " + dims + " with strides " + strides);
    }
    long size = 1;
    long last = offset;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) < 0 || strides.get(i) < 0) {
        throw new IllegalArgumentException("shape " + dims + " with strides " + strides);
      }
      size = Math.multiplyExact(size, dims.get(i));
      last = Math.addExact(last, Math.multiplyExact(Math.max(dims.get(i) - 1, 0), strides.get(i)));
    }
    if (offset < 0
        || size > storage.elements()
        || (size > 0 && last >= storage.elements())
        || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "shape "
              + dims
              + " at element "
              + offset
              + " of a storage of "
              + storage.elements()
              + " elements");
    }
  }

  int size() {
    long size = 1;
    for (long dim : dims) {
      size *= dim;
    }
    return (int) size;
  }

  int[] shape() {
    return dims.stream().mapToInt(Math::toIntExact).toArray();
  }

  /** Whether its elements lie one behind the other. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = dims.size() - 1; i >= 0; i--) {
      if (dims.get(i) != 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= dims.get(i);
    }
    return true;
  }

  /** How many elements of the storage lie from its first to its last one. */
  int span() {
    long span = 1;
    for (int i = 0; i < dims.size(); i++) {
      span += (dims.get(i) - 1) * strides.get(i);
    }
    return Math.toIntExact(span);
  }

  /** For each element in row-major order, its place behind the first one. */
  int[] places() {
    int[] places = new int[size()];
    int block = places.length;
    for (int axis = 0; axis < dims.size(); axis++) {
      int dim = (int) (long) dims.get(axis);
      int stride = (int) (long) strides.get(axis);
      block /= dim;
      for (int i = 0; i < places.length; i++) {
        places[i] += i / block % dim * stride;
      }
    }
    return places;
  }
}
