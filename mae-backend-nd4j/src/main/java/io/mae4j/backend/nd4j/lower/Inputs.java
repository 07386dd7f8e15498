package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.GraphPlan.RowIndex;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the inputs of a graph are put: real values as they are, indices as numbers of rows. */
final class Inputs {
  private final Emitter emitter;
  private final Map<String, View> reals = new LinkedHashMap<>();
  private final List<RowIndex> rowIndices = new ArrayList<>();

  Inputs(Emitter emitter) {
    this.emitter = emitter;
  }

  /** The place of a real-valued input. */
  View real(String input, Shape shape) {
    return reals.computeIfAbsent(input, key -> emitter.resident(DType.FLOAT32, shape));
  }

  /** The place of the row numbers made of an index input of this many elements. */
  View rows(String input, int tokens, boolean shared, int count) {
    for (RowIndex known : rowIndices) {
      if (known.input().equals(input) && known.tokens() == tokens && known.shared() == shared) {
        return known.rows();
      }
    }
    RowIndex made =
        new RowIndex(input, tokens, shared, emitter.resident(DType.INT32, Shape.of(count)));
    rowIndices.add(made);
    return made.rows();
  }

  Map<String, View> reals() {
    return reals;
  }

  List<RowIndex> rowIndices() {
    return rowIndices;
  }
}
