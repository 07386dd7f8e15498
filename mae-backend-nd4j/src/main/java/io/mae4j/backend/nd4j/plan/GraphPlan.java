package io.mae4j.backend.nd4j.plan;

import java.util.List;
import java.util.Map;

/**
 * A lowered graph.
 *
 * @param name the graph's name
 * @param compute computes every output and new value; no state changes
 * @param commit changes the states, after the outputs were fetched
 * @param inputs where real-valued inputs are put
 * @param rowIndices where row numbers made of index inputs are put
 * @param constants what is put into memory once
 * @param outputs where outputs lie between {@code compute} and {@code commit}; dense
 */
public record GraphPlan(
    String name,
    Phases compute,
    List<Instruction> commit,
    Map<String, View> inputs,
    List<RowIndex> rowIndices,
    List<Constant> constants,
    Map<String, View> outputs) {

  /** Copies the collections. */
  public GraphPlan {
    commit = List.copyOf(commit);
    inputs = Map.copyOf(inputs);
    rowIndices = List.copyOf(rowIndices);
    constants = List.copyOf(constants);
    outputs = Map.copyOf(outputs);
  }

  /**
   * Row numbers of tokens: token i of image b is row {@code b · tokens + i} where each image has
   * tokens of its own, row i where all share one set.
   *
   * @param input the index input [B, M]
   * @param tokens N, how many tokens an image has
   * @param shared whether all images share one set of tokens
   * @param rows where the numbers go [B·M]
   */
  public record RowIndex(String input, int tokens, boolean shared, View rows) {}

  /**
   * Values that are known when the program is compiled.
   *
   * @param to where they go
   * @param values the values
   */
  public record Constant(View to, float[] values) {}
}
