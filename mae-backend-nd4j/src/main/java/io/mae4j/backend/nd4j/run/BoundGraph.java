package io.mae4j.backend.nd4j.run;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.GraphPlan.RowIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A graph bound to the memory of its program. */
public final class BoundGraph {
  private final Graph graph;
  private final GraphPlan plan;
  private final Memory memory;
  private final Workers workers;
  private final List<Step> before;
  private final List<List<Step>> parts;
  private final List<Step> after;
  private final List<Step> commit;

  /** Binds a planned graph. */
  public BoundGraph(Graph graph, GraphPlan plan, Memory memory, Workers workers) {
    this.graph = graph;
    this.plan = plan;
    this.memory = memory;
    this.workers = workers;
    Binder binder = new Binder(memory);
    this.before = binder.bind(plan.compute().before());
    this.parts =
        plan.compute().parts().stream().map(part -> new Binder(memory).bind(part)).toList();
    this.after = binder.bind(plan.compute().after());
    this.commit = binder.bind(plan.commit());
  }

  /** One run on inputs that were checked. */
  public Map<String, Array> run(Map<String, Array> inputs, Set<String> fetch) {
    plan.inputs().forEach((input, view) -> memory.put(view, array(inputs, input).toFloats()));
    plan.rowIndices()
        .forEach(index -> memory.put(index.rows(), rows(index, array(inputs, index.input()))));
    workers.together();
    before.forEach(Step::run);
    workers.apart(parts);
    after.forEach(Step::run);
    Map<String, Array> fetched = new LinkedHashMap<>();
    plan.outputs()
        .forEach(
            (output, view) -> {
              if (fetch.contains(output)) {
                fetched.put(
                    output,
                    Array.of(
                        Objects.requireNonNull(graph.outputs().get(output)).shape(),
                        memory.get(view)));
              }
            });
    commit.forEach(Step::run);
    return fetched;
  }

  private static Array array(Map<String, Array> inputs, String input) {
    return Objects.requireNonNull(inputs.get(input), input);
  }

  private static int[] rows(RowIndex index, Array array) {
    int[] rows = array.ints().clone();
    if (!index.shared()) {
      int perImage = array.shape().dim(1);
      for (int i = 0; i < rows.length; i++) {
        rows[i] += i / perImage * index.tokens();
      }
    }
    return rows;
  }
}
