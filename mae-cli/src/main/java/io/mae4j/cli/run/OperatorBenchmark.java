package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.Constant;
import io.mae4j.api.graph.op.Input;
import io.mae4j.api.graph.op.Op;
import io.mae4j.api.graph.op.State;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.StatusLine;
import io.mae4j.core.graph.Cost;
import io.mae4j.core.train.Pretraining;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Times the operators of a training step one by one: each kind and shape that the step's graph
 * holds is compiled and run as a program of its own. What an engine fuses or overlaps in a whole
 * step does not show, and neither does the cache being full of a neighbour's data; it tells where
 * to look.
 */
public final class OperatorBenchmark {
  private final Engines engines;
  private final Models models;
  private final Console console;

  /** Times what these make. */
  public OperatorBenchmark(Engines engines, Models models, Console console) {
    this.engines = engines;
    this.models = models;
    this.console = console;
  }

  /**
   * All uses of one operator, or of one with the same operands.
   *
   * @param name the operator and, where it is one use, its operands
   * @param calls how often the step has it
   * @param milliseconds of all calls
   * @param gflop of all calls
   */
  public record Cut(String name, int calls, double milliseconds, double gflop) {
    Cut and(Cut other) {
      return new Cut(
          name, calls + other.calls, milliseconds + other.milliseconds, gflop + other.gflop);
    }
  }

  /**
   * What was measured.
   *
   * @param setting what it was measured with
   * @param callMilliseconds time of a program that does nothing, taken off every other
   * @param kinds costs by operator, the largest first
   * @param uses costs by operator and shapes, the largest first
   */
  public record Costs(
      Map<String, Object> setting, double callMilliseconds, List<Cut> kinds, List<Cut> uses) {

    /** Milliseconds of all operators one after the other. */
    public double sum() {
      return kinds.stream().mapToDouble(Cut::milliseconds).sum();
    }
  }

  private record Use(Op op, List<TensorType> operands) {
    static Use of(Node node) {
      return new Use(node.op(), node.inputs().stream().map(Tensor::type).toList());
    }

    String name() {
      return op.name()
          + operands.stream()
              .map(type -> type.shape().toString())
              .collect(Collectors.joining(" ", " ", ""));
    }
  }

  /** Times the step of a configuration. */
  public Costs run(RunConfig config) {
    Program program =
        new Pretraining(
                models.create(config.model(), BenchmarkImages.of(config.model())),
                Recipes.of(config))
            .program();
    Graph step = Engines.rewritten(program, config.backend()).graphs().values().iterator().next();
    Map<Use, List<Node>> uses = new LinkedHashMap<>();
    for (Node node : step.nodes()) {
      if (computes(node.op())) {
        uses.computeIfAbsent(Use.of(node), use -> new ArrayList<>()).add(node);
      }
    }
    CompileOptions options = new CompileOptions(config.backend().precision());
    List<Cut> cuts = new ArrayList<>();
    try (Backend backend = engines.open(config.backend());
        StatusLine status = new StatusLine(console, System::nanoTime)) {
      double call = OneOperator.of(nothing()).measure(backend, options);
      uses.forEach(
          (use, nodes) -> {
            status.show(
                false,
                () -> "operator " + (cuts.size() + 1) + " of " + uses.size() + ": " + use.name());
            Node node = nodes.get(0);
            double seconds = Math.max(0, OneOperator.of(node).measure(backend, options) - call);
            cuts.add(
                new Cut(
                    use.name(),
                    nodes.size(),
                    1e3 * seconds * nodes.size(),
                    Cost.flops(node) * nodes.size() / 1e9));
          });
      Map<String, Object> setting = new LinkedHashMap<>(Setting.of(config, backend));
      setting.put("batch_size", config.recipe().batchSize());
      return new Costs(setting, 1e3 * call, descending(byKind(uses, cuts)), descending(cuts));
    }
  }

  private static boolean computes(Op op) {
    return !(op instanceof Input || op instanceof State || op instanceof Constant);
  }

  private static Node nothing() {
    GraphBuilder graph = new GraphBuilder("nothing");
    graph.fill(1, Shape.of());
    return graph.nodes().get(0);
  }

  private static List<Cut> byKind(Map<Use, List<Node>> uses, List<Cut> cuts) {
    Map<String, Cut> kinds = new LinkedHashMap<>();
    int at = 0;
    for (Use use : uses.keySet()) {
      Cut cut = cuts.get(at++);
      String name = use.op().name();
      kinds.merge(name, new Cut(name, cut.calls(), cut.milliseconds(), cut.gflop()), Cut::and);
    }
    return List.copyOf(kinds.values());
  }

  private static List<Cut> descending(List<Cut> cuts) {
    return cuts.stream().sorted(Comparator.comparingDouble(Cut::milliseconds).reversed()).toList();
  }
}
