package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Binary;
import io.mae4j.api.graph.op.Linear;
import io.mae4j.api.graph.op.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every gradient rule agrees with central differences in double precision. */
class GradientRulesTest {
  private static final double TOLERANCE = 1e-7;

  private record Rule(String name, Function<Trial, Tensor> trace) {}

  private static Rule rule(String name, Function<Trial, Tensor> trace) {
    return new Rule(name, trace);
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (boolean a : new boolean[] {false, true}) {
      for (boolean b : new boolean[] {false, true}) {
        rules.add(
            rule(
                "matmul " + a + " " + b,
                t ->
                    t.graph()
                        .matmul(
                            a ? t.normal(2, 4, 3) : t.normal(2, 3, 4),
                            b ? t.normal(2, 5, 4) : t.normal(2, 4, 5),
                            a,
                            b)));
      }
    }
    for (Binary.Kind kind : Binary.Kind.values()) {
      int[][][] pairs = {
        {{3, 2}, {3, 2}},
        {{3, 2}, {}},
        {{}, {3, 2}},
        {{2}, {3, 2}},
        {{3, 1}, {1, 2}},
        {{2, 3, 2}, {3, 1}},
        {{1, 1}, {1, 2}},
        {{2, 1, 2}, {1, 3, 1}}
      };
      for (int[][] pair : pairs) {
        rules.add(
            rule(
                kind + " " + Shape.of(pair[0]) + " " + Shape.of(pair[1]),
                t -> binary(t, kind, t.uniform(0.5, 2, pair[0]), t.uniform(0.5, 2, pair[1]))));
      }
      rules.add(
          rule(
              kind + " of a tensor with itself",
              t -> {
                Tensor x = t.uniform(0.5, 2, 3);
                return binary(t, kind, x, x);
              }));
    }
    for (int[] axes : new int[][] {{}, {0}, {1}, {0, 2}, {0, 1, 2}}) {
      for (boolean keep : new boolean[] {false, true}) {
        rules.add(
            rule(
                "sum over " + axes.length + " axes, " + keep,
                t -> t.graph().sum(t.normal(2, 3, 4), keep, axes)));
      }
    }
    rules.add(
        rule("linear", t -> t.graph().linear(t.normal(2, 3, 4), t.normal(5, 4), t.normal(5))));
    rules.add(
        rule(
            "linear of a vector", t -> t.graph().linear(t.normal(4), t.normal(5, 4), t.normal(5))));
    rules.add(
        rule(
            "linear without bias",
            t -> t.graph().apply(new Linear(), List.of(t.normal(3, 4), t.normal(2, 4))).get(0)));
    rules.add(
        rule(
            "layer norm",
            t -> t.graph().layerNorm(t.normal(2, 3, 5), t.normal(5), t.normal(5), 1e-6)));
    rules.add(
        rule(
            "layer norm of a vector with a large epsilon",
            t -> t.graph().layerNorm(t.normal(5), t.normal(5), t.normal(5), 0.3)));
    rules.add(rule("gelu", t -> t.graph().gelu(t.normalAround(0, 2, 4, 5))));
    rules.add(
        rule(
            "attention",
            t ->
                t.graph()
                    .attention(t.normal(2, 3, 6), t.normal(2, 4, 6), t.normal(2, 4, 6), 3, 0.7)));
    rules.add(
        rule(
            "attention of a tensor to itself",
            t -> {
              Tensor x = t.normal(2, 3, 4);
              return t.graph().attention(x, x, x, 2, 0.7);
            }));
    rules.add(
        rule(
            "cross entropy",
            t ->
                t.graph()
                    .crossEntropy(
                        t.normal(3, 4),
                        t.graph()
                            .constant(
                                Array.of(
                                    Shape.of(3, 4),
                                    new float[] {1, 0, 0, 0, .2f, .3f, .5f, 0, 1, 1, 0, 2})))));
    rules.add(rule("reshape", t -> t.graph().reshape(t.normal(2, 6), Shape.of(3, 4))));
    rules.add(rule("broadcast", t -> t.graph().broadcast(t.normal(3, 1), Shape.of(2, 3, 4))));
    rules.add(rule("broadcast of a scalar", t -> t.graph().broadcast(t.normal(), Shape.of(2, 3))));
    rules.add(
        rule(
            "split, all pieces",
            t -> {
              List<Tensor> pieces = t.graph().split(t.normal(2, 6, 2), 1, 1, 3, 2);
              Tensor sum = t.graph().add(pieces.get(0), t.graph().square(pieces.get(1)));
              return t.graph().concat(1, sum, pieces.get(2));
            }));
    rules.add(rule("split, one piece", t -> t.graph().split(t.normal(2, 6), -1, 1, 3, 2).get(1)));
    rules.add(
        rule(
            "concat",
            t -> {
              Tensor x = t.normal(2, 3);
              return t.graph().concat(1, x, t.normal(2, 1), x);
            }));
    rules.add(
        rule("gather tokens", t -> t.graph().gatherTokens(t.normal(2, 5, 3), t.indices(5, 2, 3))));
    rules.add(
        rule(
            "gather tokens of one for all",
            t -> t.graph().gatherTokens(t.normal(1, 5, 3), t.indices(5, 2, 3))));
    rules.add(
        rule(
            "scatter tokens",
            t -> t.graph().scatterTokens(t.normal(2, 3, 2), t.indices(5, 2, 3), 5)));
    rules.add(rule("square root", t -> t.graph().sqrt(t.uniform(0.5, 2, 4))));
    rules.add(rule("square", t -> t.graph().square(t.normal(4, 2))));
    rules.add(rule("affine", t -> t.graph().affine(t.normal(4, 2), -1.7, 3)));
    rules.add(
        rule(
            "a tensor with many readers",
            t -> {
              GraphBuilder g = t.graph();
              Tensor x = t.normal(3, 4);
              Tensor y = g.gelu(x);
              Tensor z = g.add(g.mul(x, y), g.affine(y, 2, 1));
              return g.matmul(g.sub(z, x), y, true, false);
            }));
    return rules;
  }

  private static Tensor binary(Trial t, Binary.Kind kind, Tensor a, Tensor b) {
    return t.graph().apply(new Binary(kind), List.of(a, b)).get(0);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithCentralDifferences() {
    return rules().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule, TOLERANCE)));
  }

  /** The loss weighs each element of the result on its own, so that no error hides in a sum. */
  private static void check(Rule rule, double tolerance) {
    Trial trial = new Trial();
    Tensor y = rule.trace().apply(trial);
    GraphBuilder g = trial.graph();
    float[] weights = new float[Math.toIntExact(y.shape().size())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.cos(1 + 2.3 * i);
    }
    Tensor weighted = g.mul(y, g.constant(Array.of(y.shape(), weights)));
    int[] axes = new int[y.shape().rank()];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = axis;
    }
    Tensor loss = g.sum(weighted, false, axes);
    Map<String, Array> values = new LinkedHashMap<>(trial.inputs());
    Set<String> wanted = new LinkedHashSet<>(values.keySet());
    wanted.removeIf(name -> !trial.inputs().get(name).dtype().isFloating());
    GradientCheck.check(g, loss, values, wanted, tolerance);
  }

  @Test
  void everyOperatorThatHasAGradientIsTried() {
    Set<Class<?>> tried = new LinkedHashSet<>();
    for (Rule rule : rules()) {
      Trial trial = new Trial();
      Tensor result = rule.trace().apply(trial);
      assertThat(trial.graph().nodes()).anyMatch(node -> node.outputs().contains(result));
      trial.graph().nodes().stream().map(Node::op).map(Op::getClass).forEach(tried::add);
    }
    Set<String> without =
        Set.of(
            "State",
            "Fill",
            "LayerNormGrad",
            "GeluGrad",
            "AttentionGrad",
            "CrossEntropyGrad",
            "AdamW");
    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Op.class.getPermittedSubclasses())
                .filter(op -> !without.contains(op.getSimpleName()))
                .toList());
  }

  @Test
  void aWrongGradientIsFound() {
    Rule kinked =
        rule("√x² at zero", t -> t.graph().sqrt(t.graph().square(t.values(Shape.of(2), 1e-7f, 1))));
    assertThatThrownBy(() -> check(kinked, TOLERANCE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gradient by 'x0'");
  }
}
