package io.mae4j.core.graph;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.Broadcast;
import io.mae4j.api.graph.op.Constant;
import io.mae4j.api.graph.op.Input;
import io.mae4j.api.graph.op.Op;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much memory the values of a program take, known before it is compiled: states for good, and
 * of each graph the most that is alive at once when every value is given back after its last use.
 * What an engine needs beside the values, such as the code of its kernels and their scratch space,
 * is not in it.
 */
public final class PeakMemory {
  private static final long REAL_BYTES = 4;

  private final Map<Tensor, Tensor> storages = new HashMap<>();
  private final Map<Tensor, Integer> lastUses = new HashMap<>();
  private final Graph graph;

  private PeakMemory(Graph graph) {
    this.graph = graph;
  }

  /** Bytes of the states and of the graph that needs most. Graphs run one after the other. */
  public static long bytes(Program program) {
    return stateBytes(program)
        + program.graphs().values().stream().mapToLong(PeakMemory::bytes).max().orElse(0);
  }

  /** Bytes of the states. */
  public static long stateBytes(Program program) {
    return program.states().values().stream().mapToLong(PeakMemory::bytes).sum();
  }

  /** Bytes of one run of a graph: inputs, constants, and the most values alive at once. */
  public static long bytes(Graph graph) {
    return new PeakMemory(graph).peak();
  }

  private static long bytes(StateSpec state) {
    return REAL_BYTES * state.shape().size();
  }

  private static long bytes(Collection<Tensor> tensors) {
    return tensors.stream().mapToLong(PeakMemory::bytes).sum();
  }

  private static long bytes(Tensor tensor) {
    return tensor.dtype().bytes() * tensor.shape().size();
  }

  private long peak() {
    int index = 0;
    for (Node node : graph.nodes()) {
      for (Tensor input : node.inputs()) {
        lastUses.put(storage(input), index);
      }
      for (int i = 0; i < node.outputs().size(); i++) {
        Tensor output = node.outputs().get(i);
        storages.put(
            output, isPlaceOfItsOwn(node.op()) ? output : storage(node.input(place(node, i))));
        lastUses.put(storage(output), index);
      }
      index++;
    }
    graph.outputs().values().forEach(this::keep);
    graph.updates().values().forEach(this::keep);
    return walk();
  }

  /** Which input an output lies in: a view in the first, an updated state in its old value. */
  private static int place(Node node, int output) {
    return node.op() instanceof AdamW && output > 0 ? output + 1 : 0;
  }

  private static boolean isPlaceOfItsOwn(Op op) {
    return !(op instanceof Reshape
        || op instanceof Split
        || op instanceof Broadcast
        || op instanceof AdamW);
  }

  private static boolean isResident(Op op) {
    return op instanceof Input || op instanceof State || op instanceof Constant;
  }

  private Tensor storage(Tensor tensor) {
    return storages.getOrDefault(tensor, tensor);
  }

  private void keep(Tensor tensor) {
    lastUses.put(storage(tensor), graph.nodes().size());
  }

  private long walk() {
    Set<Tensor> alive = new HashSet<>();
    long resident = 0;
    long now = 0;
    long most = 0;
    int index = 0;
    for (Node node : graph.nodes()) {
      if (isResident(node.op())) {
        resident += node.op() instanceof State ? 0 : bytes(node.outputs());
      } else if (isPlaceOfItsOwn(node.op())) {
        alive.addAll(node.outputs());
        now += bytes(node.outputs());
        most = Math.max(most, now);
      }
      now -= release(alive, node.inputs(), index);
      now -= release(alive, node.outputs(), index);
      index++;
    }
    return resident + most;
  }

  private long release(Set<Tensor> alive, Collection<Tensor> used, int index) {
    long freed = 0;
    for (Tensor tensor : used) {
      Tensor storage = storage(tensor);
      if (lastUses.getOrDefault(storage, index) <= index && alive.remove(storage)) {
        freed += bytes(storage);
      }
    }
    return freed;
  }
}
