package io.mae4j.testkit.reference;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * States as double arrays that are never written to, only replaced. Nothing is shared with others,
 * so that calls wait only for those on the same executable.
 */
final class ReferenceExecutable implements Executable {
  private final Program program;
  private final Map<String, Array> states = new LinkedHashMap<>();
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  ReferenceExecutable(Program program) {
    this.program = program;
    program
        .states()
        .forEach(
            (name, spec) ->
                states.put(
                    name,
                    Array.of(spec.shape(), new double[Math.toIntExact(spec.shape().size())])));
  }

  @Override
  public Program program() {
    return inTurn(() -> program);
  }

  @Override
  public Map<String, Array> run(String graph, Map<String, Array> inputs, Set<String> fetch) {
    return inTurn(() -> evaluate(program.graph(graph), inputs, fetch));
  }

  private Map<String, Array> evaluate(Graph entry, Map<String, Array> inputs, Set<String> fetch) {
    entry.checkInputs(inputs);
    entry.checkFetch(fetch);
    Interpreter interpreter = new Interpreter(inputs, states);
    interpreter.evaluate(entry.nodes());
    Map<String, Array> outputs = new LinkedHashMap<>();
    entry
        .outputs()
        .forEach(
            (name, tensor) -> {
              if (fetch.contains(name)) {
                outputs.put(name, copy(interpreter.value(tensor)));
              }
            });
    Map<String, Array> updated = new LinkedHashMap<>();
    entry.updates().forEach((name, tensor) -> updated.put(name, copy(interpreter.value(tensor))));
    states.putAll(updated);
    return outputs;
  }

  @Override
  public void write(Map<String, Array> values) {
    inTurn(
        () -> {
          program.checkWrite(values);
          values.forEach((name, array) -> states.put(name, copy(array)));
          return true;
        });
  }

  @Override
  public Map<String, Array> read(Collection<String> names) {
    return inTurn(
        () -> {
          program.checkRead(names);
          Map<String, Array> values = new LinkedHashMap<>();
          for (String name : names) {
            values.put(name, copy(Objects.requireNonNull(states.get(name))));
          }
          return values;
        });
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      states.clear();
    } finally {
      turn.unlock();
    }
  }

  /** Whoever came first goes first, so that closing does not wait for run after run. */
  private <T> T inTurn(Supplier<T> call) {
    turn.lock();
    try {
      requireOpen();
      return call.get();
    } finally {
      turn.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw MaeException.internal(
          "the executable of program '" + program.name() + "' is closed and cannot be used");
    }
  }

  /** A copy in double precision, so that neither side sees the other's later writes. */
  private static Array copy(Array array) {
    return array.dtype() == DType.INT32
        ? Array.of(array.shape(), array.ints().clone())
        : Array.of(array.shape(), array.toDoubles().clone());
  }
}
