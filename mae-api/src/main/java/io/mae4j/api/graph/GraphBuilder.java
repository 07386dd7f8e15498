package io.mae4j.api.graph;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.op.Affine;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.Binary;
import io.mae4j.api.graph.op.Broadcast;
import io.mae4j.api.graph.op.Concat;
import io.mae4j.api.graph.op.Constant;
import io.mae4j.api.graph.op.CrossEntropy;
import io.mae4j.api.graph.op.Fill;
import io.mae4j.api.graph.op.GatherTokens;
import io.mae4j.api.graph.op.Gelu;
import io.mae4j.api.graph.op.Input;
import io.mae4j.api.graph.op.LayerNorm;
import io.mae4j.api.graph.op.Linear;
import io.mae4j.api.graph.op.MatMul;
import io.mae4j.api.graph.op.Op;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.ScatterTokens;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.State;
import io.mae4j.api.graph.op.Sum;
import io.mae4j.api.graph.op.Unary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Traces a graph: each call applies an operator, checks its shapes at once and returns the symbolic
 * result. A shape error names the scope it happened in, in the words of the model: {@code
 * decoder.blocks.3: attention needs dim 96 divisible by heads 5}. Negative axes count from the last
 * one (-1). Not for use by several threads.
 */
public final class GraphBuilder {
  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> states = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Map<String, Tensor> updates = new LinkedHashMap<>();
  private final Map<String, IndexRule> indexRules = new LinkedHashMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();
  private OptionalInt part = OptionalInt.empty();
  private int tensors;

  /** Starts a graph of this name. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /**
   * Traces a part under a name that is appended to the current scope with a dot.
   *
   * @return what the part returns
   */
  public <T> T scope(String part, Supplier<T> trace) {
    scopes.addLast(part);
    try {
      return trace.get();
    } finally {
      scopes.removeLast();
    }
  }

  /**
   * Traces a part of a batch. Inputs declared in it are its own, under the name of {@link
   * #inputOfPart}. What depends on the inputs of one part alone can be computed beside the other
   * parts, which engines with several processors make use of.
   *
   * @param number of the part, from 0
   * @return what the trace returns
   */
  public <T> T part(int number, Supplier<T> trace) {
    if (part.isPresent()) {
      throw MaeException.internal("graph '" + name + "' has a part inside a part");
    }
    part = OptionalInt.of(number);
    try {
      return trace.get();
    } finally {
      part = OptionalInt.empty();
    }
  }

  /** The name of an input that is declared in a part: {@code visible_ids#0}. */
  public static String inputOfPart(String input, int part) {
    return input + "#" + part;
  }

  /** The nodes so far, in order; a live view. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /**
   * Applies an operator.
   *
   * @return its outputs
   * @throws MaeException of kind USER if the shapes do not fit, naming the scope
   */
  public List<Tensor> apply(Op op, List<Tensor> arguments) {
    String scope = String.join(".", scopes);
    List<TensorType> types;
    try {
      types = op.infer(arguments.stream().map(Tensor::type).toList());
    } catch (IllegalArgumentException e) {
      throw new MaeException(
          ErrorKind.USER, (scope.isEmpty() ? name : scope) + ": " + e.getMessage(), e);
    }
    if (op instanceof GatherTokens) {
      restrict(arguments.get(1), new IndexRule(arguments.get(0).dim(1), false));
    } else if (op instanceof ScatterTokens scatter) {
      restrict(arguments.get(1), new IndexRule(scatter.tokens(), true));
    }
    String label = scope.isEmpty() ? op.name() : scope + "." + op.name();
    List<Tensor> results = types.stream().map(type -> new Tensor(tensors++, label, type)).toList();
    nodes.add(new Node(op, arguments, results, scope));
    return results;
  }

  private void restrict(Tensor index, IndexRule rule) {
    String input =
        inputs.entrySet().stream()
            .filter(entry -> entry.getValue() == index)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () -> MaeException.internal("indices must be an input of the graph, got " + index));
    indexRules.merge(input, rule, IndexRule::and);
  }

  private Tensor one(Op op, Tensor... arguments) {
    return apply(op, List.of(arguments)).get(0);
  }

  private static int axis(Tensor x, int axis) {
    return axis < 0 ? x.shape().rank() + axis : axis;
  }

  /** Declares an input, or returns the one of that name if it was declared with the same type. */
  public Tensor input(String name, TensorType type) {
    String input = part.isPresent() ? inputOfPart(name, part.getAsInt()) : name;
    Tensor known = inputs.get(input);
    if (known == null) {
      known = one(new Input(input, type, part));
      inputs.put(input, known);
    } else if (!known.type().equals(type)) {
      throw MaeException.internal(
          "input '" + input + "' declared as " + known.type() + " and as " + type);
    }
    return known;
  }

  /** Reads a state; the same name gives the same tensor. */
  public Tensor state(String state, Shape shape) {
    Tensor known = states.get(state);
    if (known == null) {
      known = one(new State(state, shape));
      states.put(state, known);
    } else if (!known.shape().equals(shape)) {
      throw MaeException.user("state '" + state + "' is " + known.shape() + ", not " + shape);
    }
    return known;
  }

  /** A value known now. */
  public Tensor constant(Array value) {
    return one(new Constant(value));
  }

  /** The same value everywhere. */
  public Tensor fill(double value, Shape shape) {
    return one(new Fill(value, shape));
  }

  /**
   * {@link MatMul}: a [..., M, K] · b [..., K, N], each with its last two axes swapped first where
   * asked.
   */
  public Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    return one(new MatMul(transposeA, transposeB), a, b);
  }

  /** {@link Linear}: x [..., I], w [O, I], b [O] → [..., O]. */
  public Tensor linear(Tensor x, Tensor w, Tensor b) {
    return one(new Linear(), x, w, b);
  }

  /** {@link LayerNorm}: x [..., D], w [D], b [D] → [..., D]. */
  public Tensor layerNorm(Tensor x, Tensor w, Tensor b, double eps) {
    return one(new LayerNorm(eps), x, w, b);
  }

  /** {@link Gelu}. */
  public Tensor gelu(Tensor x) {
    return one(new Gelu(), x);
  }

  /** {@link Attention}: q [B, Tq, D], k [B, Tk, D], v [B, Tk, D] → [B, Tq, D]. */
  public Tensor attention(Tensor q, Tensor k, Tensor v, int heads, double scale) {
    return one(new Attention(heads, scale), q, k, v);
  }

  /** {@link CrossEntropy}: logits [B, K], targets [B, K] → [B]. */
  public Tensor crossEntropy(Tensor logits, Tensor targets) {
    return one(new CrossEntropy(), logits, targets);
  }

  /** {@link Reshape}; the tensor itself if it already has the shape. */
  public Tensor reshape(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new Reshape(shape), x);
  }

  /** {@link Broadcast}; the tensor itself if it already has the shape. */
  public Tensor broadcast(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new Broadcast(shape), x);
  }

  /** {@link Split}. */
  public List<Tensor> split(Tensor x, int axis, Integer... sizes) {
    return apply(new Split(axis(x, axis), List.of(sizes)), List.of(x));
  }

  /** {@link Concat}. */
  public Tensor concat(int axis, Tensor... parts) {
    return one(new Concat(axis(parts[0], axis)), parts);
  }

  /** {@link GatherTokens}: x [B, N, D] or [1, N, D], index [B, M] → [B, M, D]. */
  public Tensor gatherTokens(Tensor x, Tensor index) {
    return one(new GatherTokens(), x, index);
  }

  /** {@link ScatterTokens}: x [B, M, D], index [B, M] → [B, tokens, D]. */
  public Tensor scatterTokens(Tensor x, Tensor index, int tokens) {
    return one(new ScatterTokens(tokens), x, index);
  }

  /** {@code a + b}, broadcasting. */
  public Tensor add(Tensor a, Tensor b) {
    return one(new Binary(Binary.Kind.ADD), a, b);
  }

  /** {@code a − b}, broadcasting. */
  public Tensor sub(Tensor a, Tensor b) {
    return one(new Binary(Binary.Kind.SUB), a, b);
  }

  /** {@code a · b}, broadcasting. */
  public Tensor mul(Tensor a, Tensor b) {
    return one(new Binary(Binary.Kind.MUL), a, b);
  }

  /** {@code a / b}, broadcasting. */
  public Tensor div(Tensor a, Tensor b) {
    return one(new Binary(Binary.Kind.DIV), a, b);
  }

  /** {@code √x}. */
  public Tensor sqrt(Tensor x) {
    return one(new Unary(Unary.Kind.SQRT), x);
  }

  /** {@code x²}. */
  public Tensor square(Tensor x) {
    return one(new Unary(Unary.Kind.SQUARE), x);
  }

  /** {@code factor · x + offset}. */
  public Tensor affine(Tensor x, double factor, double offset) {
    return one(new Affine(factor, offset), x);
  }

  /** Sum over some axes. */
  public Tensor sum(Tensor x, boolean keepDims, int... axes) {
    List<Integer> ascending =
        IntStream.of(axes).map(axis -> axis(x, axis)).sorted().boxed().toList();
    return one(new Sum(ascending, keepDims), x);
  }

  /** Mean over some axes. */
  public Tensor mean(Tensor x, boolean keepDims, int... axes) {
    double count = IntStream.of(axes).mapToDouble(x::dim).reduce(1, (a, b) -> a * b);
    return affine(sum(x, keepDims, axes), 1 / count, 0);
  }

  /** Names a result that a run can return. */
  public void output(String output, Tensor value) {
    if (outputs.putIfAbsent(output, value) != null) {
      throw MaeException.internal("graph '" + name + "' has two outputs '" + output + "'");
    }
  }

  /** Gives a state its value after the run. */
  public void update(String state, Tensor value) {
    if (updates.putIfAbsent(state, value) != null) {
      throw MaeException.internal("graph '" + name + "' updates state '" + state + "' twice");
    }
  }

  /**
   * The finished graph: all declared inputs, and of the nodes those that an output or update needs.
   */
  public Graph build() {
    Set<Tensor> needed = new HashSet<>(outputs.values());
    needed.addAll(updates.values());
    Deque<Node> kept = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.op() instanceof Input || node.outputs().stream().anyMatch(needed::contains)) {
        kept.addFirst(node);
        needed.addAll(node.inputs());
      }
    }
    Map<String, Tensor> read = new LinkedHashMap<>(states);
    read.values().retainAll(needed);
    return new Graph(name, List.copyOf(kept), inputs, read, outputs, updates, indexRules);
  }
}
