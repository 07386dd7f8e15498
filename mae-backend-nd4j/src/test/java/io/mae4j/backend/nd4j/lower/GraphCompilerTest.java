package io.mae4j.backend.nd4j.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.backend.nd4j.plan.AdamWFactors;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.Instruction;
import io.mae4j.backend.nd4j.plan.Kernel;
import io.mae4j.backend.nd4j.plan.Phases;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphCompilerTest {
  private final GraphBuilder graph = new GraphBuilder("step");
  private final List<StateSpec> states = new ArrayList<>();

  private Tensor state(String name, int... dims) {
    states.add(new StateSpec(name, Shape.of(dims)));
    return graph.state(name, Shape.of(dims));
  }

  private void adamW(String name, Tensor gradient, double decay) {
    int[] dims = gradient.shape().dims();
    List<Tensor> next =
        graph.apply(
            new AdamW(.9, .95, 1e-8, decay),
            List.of(
                state(name, dims),
                gradient,
                state("m." + name, dims),
                state("v." + name, dims),
                graph.input("lr", TensorType.real()),
                graph.input("t", TensorType.real())));
    graph.update(name, next.get(0));
    graph.update("m." + name, next.get(1));
    graph.update("v." + name, next.get(2));
  }

  private Program program() {
    return new Program("test", states, List.of(graph.build()));
  }

  private GraphPlan compile() {
    Program program = program();
    return GraphCompiler.compile(program.graph("step"), StateLayout.of(program));
  }

  private static long count(List<Instruction> instructions, String op) {
    return instructions.stream()
        .filter(each -> each instanceof Kernel kernel && kernel.op().equals(op))
        .count();
  }

  @Test
  void parametersOfAGroupAreSteppedAsOneVector() {
    Tensor x = graph.input("x", TensorType.real(5, 7));
    adamW("w", graph.matmul(x, x, true, false), .05);
    adamW("b", graph.sum(x, false, 0), 0);
    adamW("u", graph.matmul(x, x, false, true), .05);
    GraphPlan plan = compile();
    assertThat(plan.compute().all()).filteredOn(AdamWFactors.class::isInstance).hasSize(2);
    assertThat(count(plan.commit(), "divide")).as("one division for each group").isEqualTo(2);
    assertThat(count(plan.compute().all(), "identity")).as("copies of gradients").isZero();
  }

  @Test
  void momentsLieBesideEachOtherInTheOrderOfTheirParameters() {
    Tensor x = graph.input("x", TensorType.real(5, 7));
    adamW("w", graph.matmul(x, x, true, false), .05);
    adamW("u", graph.matmul(x, x, false, true), .05);
    StateLayout layout = StateLayout.of(program());
    long step = layout.view("u").offset() - layout.view("w").offset();
    assertThat(step).isEqualTo(64); // 49 elements and padding
    assertThat(layout.view("m.u").offset() - layout.view("m.w").offset()).isEqualTo(step);
    assertThat(layout.view("v.u").offset() - layout.view("v.w").offset()).isEqualTo(step);
  }

  @Test
  void aGradientThatIsAViewIsCopiedWhereAdamWWantsIt() {
    adamW("b", graph.split(graph.input("x", TensorType.real(5, 7)), 1, 3, 4).get(1), 0);
    assertThat(count(compile().compute().all(), "identity")).isEqualTo(1);
  }

  @Test
  void reshapeCostsNothing() {
    Tensor x = graph.input("x", TensorType.real(6, 4));
    graph.output("y", graph.reshape(x, Shape.of(3, 8)));
    GraphPlan plan = compile();
    assertThat(plan.compute().all()).isEmpty();
    assertThat(plan.outputs()).containsOnlyKeys("y");
  }

  @Test
  void statesChangeOnlyAfterEverythingIsComputed() {
    Tensor a = state("a", 3);
    Tensor b = state("b", 3);
    graph.update("a", b);
    graph.update("b", graph.add(a, b));
    GraphPlan plan = compile();
    assertThat(plan.compute().all())
        .flatExtracting(Instruction::writes)
        .extracting(View::block)
        .extracting(Block::home)
        .containsOnly(Block.Home.WORKSPACE);
    assertThat(plan.commit())
        .flatExtracting(Instruction::reads)
        .extracting(View::block)
        .extracting(Block::home)
        .containsOnly(Block.Home.WORKSPACE);
  }

  @Test
  void theGradientOfGeluUsesTheDistributionOfItsForwardPass() {
    Tensor x = graph.constant(Array.of(Shape.of(4), new float[4]));
    graph.output("y", graph.gelu(x));
    graph.output(
        "dx",
        graph
            .apply(new io.mae4j.api.graph.op.GeluGrad(), List.of(graph.fill(1, Shape.of(4)), x))
            .get(0));
    assertThat(count(compile().compute().all(), "tanh")).isEqualTo(1);
  }

  @Test
  void whatPartsReadIsCopiedByEachForItself() {
    Tensor shared = graph.split(state("w", 4, 6), 1, 2, 4).get(1);
    Tensor sum = graph.part(0, () -> product(shared));
    graph.output("y", graph.add(sum, graph.part(1, () -> product(shared))));
    Phases compute = compile().compute();

    assertThat(compute.before()).isEmpty();
    assertThat(compute.parts()).hasSize(2);
    for (List<Instruction> part : compute.parts()) {
      assertThat(count(part, "identity")).isEqualTo(1);
      assertThat(count(part, "matmul")).isEqualTo(1);
    }
    assertThat(count(compute.after(), "add")).isEqualTo(1);
  }

  private Tensor product(Tensor weight) {
    return graph.matmul(graph.input("x", TensorType.real(5, 4)), weight, false, false);
  }
}
