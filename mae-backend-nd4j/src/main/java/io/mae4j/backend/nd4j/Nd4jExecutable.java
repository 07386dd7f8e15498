package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import io.mae4j.backend.nd4j.lower.GraphCompiler;
import io.mae4j.backend.nd4j.lower.StateLayout;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.View;
import io.mae4j.backend.nd4j.run.BoundGraph;
import io.mae4j.backend.nd4j.run.Memory;
import io.mae4j.backend.nd4j.run.MemoryLayout;
import io.mae4j.backend.nd4j.run.Workers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A program bound to native memory of its own. */
final class Nd4jExecutable implements Executable {
  private final Program program;
  private final Workers workers;
  private final Consumer<Nd4jExecutable> onClose;
  private final StateLayout states;
  private final Memory memory;
  private final Map<String, BoundGraph> graphs = new LinkedHashMap<>();
  private volatile boolean closed; // changes in the library's turn only

  Nd4jExecutable(Program program, int threads, Consumer<Nd4jExecutable> onClose) {
    this.program = program;
    this.workers = new Workers(threads);
    this.onClose = onClose;
    this.states = StateLayout.of(program);
    List<GraphPlan> plans = plans(program, states);
    this.memory = new Memory(MemoryLayout.of(states, plans), plans);
    for (GraphPlan plan : plans) {
      graphs.put(plan.name(), new BoundGraph(program.graph(plan.name()), plan, memory, workers));
    }
  }

  private static List<GraphPlan> plans(Program program, StateLayout states) {
    return program.graphs().values().stream()
        .map(graph -> GraphCompiler.compile(graph, states))
        .toList();
  }

  /** Bytes of native memory that a program takes. */
  static long bytes(Program program) {
    StateLayout states = StateLayout.of(program);
    return MemoryLayout.of(states, plans(program, states)).bytes();
  }

  @Override
  public Program program() {
    requireOpen();
    return program;
  }

  @Override
  public Map<String, Array> run(String graph, Map<String, Array> inputs, Set<String> fetch) {
    return inTurn(
        "graph '" + graph + "'",
        () -> {
          Graph definition = program.graph(graph);
          definition.checkInputs(inputs);
          definition.checkFetch(fetch);
          return Objects.requireNonNull(graphs.get(graph)).run(inputs, fetch);
        });
  }

  @Override
  public void write(Map<String, Array> values) {
    inTurn(
        "writing states",
        () -> {
          program.checkWrite(values);
          values.forEach((state, array) -> memory.put(states.view(state), array.toFloats()));
          return true;
        });
  }

  @Override
  public Map<String, Array> read(Collection<String> names) {
    return inTurn(
        "reading states",
        () -> {
          program.checkRead(names);
          Map<String, Array> values = new LinkedHashMap<>();
          for (String state : names) {
            View view = states.view(state);
            values.put(state, Array.of(view.shape(), memory.get(view)));
          }
          return values;
        });
  }

  /** Calls the library for an executable that is still open when its turn comes. */
  private <T> T inTurn(String what, Supplier<T> call) {
    return Nd4jRuntime.LIBRARY.call(
        what + " of program '" + program.name() + "'",
        () -> {
          requireOpen();
          return call.get();
        });
  }

  private void requireOpen() {
    if (closed) {
      throw MaeException.internal("program '" + program.name() + "' is used after it was closed");
    }
  }

  @Override
  public void close() {
    Nd4jRuntime.LIBRARY.run(
        "closing program '" + program.name() + "'",
        () -> {
          if (!closed) {
            closed = true;
            workers.close();
            memory.close();
            onClose.accept(this);
          }
        });
  }
}
