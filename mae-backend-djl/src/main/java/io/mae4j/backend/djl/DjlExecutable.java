package io.mae4j.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.TensorType;
import io.mae4j.backend.djl.script.Script;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A loaded program with its states, constants and input buffers in native memory. */
final class DjlExecutable implements Executable {
  private final NativeContext context;
  private final Program program;
  private final Consumer<DjlExecutable> onClose;
  private final NDManager manager;
  private final NativeModule module;
  private final Map<String, NDArray> states = new HashMap<>();
  private final Map<String, BoundGraph> graphs = new LinkedHashMap<>();
  private volatile boolean closed; // changes in the library's turn only

  DjlExecutable(
      NativeContext context, Program program, Script script, Consumer<DjlExecutable> onClose) {
    this.context = context;
    this.program = program;
    this.onClose = onClose;
    this.module = NativeModule.load(context, script.source());
    this.manager = context.newManager();
    try {
      allocate(script);
    } catch (RuntimeException | OutOfMemoryError e) {
      module.close();
      manager.close();
      throw e;
    }
  }

  private void allocate(Script script) {
    for (StateSpec spec : program.states().values()) {
      states.put(spec.name(), manager.zeros(Transfer.shape(spec.shape())));
    }
    IdentityHashMap<Array, NDArray> constants = new IdentityHashMap<>();
    script
        .methods()
        .forEach(
            (graph, method) ->
                graphs.put(
                    graph,
                    new BoundGraph(
                        program.graph(graph),
                        method,
                        this::nativeState,
                        value -> constants.computeIfAbsent(value, this::makeConstant))));
  }

  private NDArray nativeState(String state) {
    return Objects.requireNonNull(states.get(state));
  }

  private NDArray makeConstant(Array value) {
    return new Transfer(TensorType.real(value.shape())).upload(manager, value);
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
          BoundGraph bound = Objects.requireNonNull(graphs.get(graph));
          try (NDManager results = context.newManager()) {
            return bound.run(module, results, inputs, fetch);
          }
        });
  }

  @Override
  public void write(Map<String, Array> values) {
    inTurn(
        "writing states",
        () -> {
          program.checkWrite(values);
          writeNative(values);
          return true;
        });
  }

  private void writeNative(Map<String, Array> values) {
    Map<TensorType, Transfer> transfers = new HashMap<>();
    for (Map.Entry<String, Array> entry : values.entrySet()) {
      try (NDManager temporary = context.newManager()) {
        TensorType type = TensorType.real(entry.getValue().shape());
        Transfer transfer = transfers.computeIfAbsent(type, Transfer::new);
        NDArray destination = nativeState(entry.getKey());
        destination.setName("to");
        NDList arguments = new NDList(destination, transfer.upload(temporary, entry.getValue()));
        module.call(temporary, Script.COPY, arguments, 1);
      }
    }
  }

  @Override
  public Map<String, Array> read(Collection<String> names) {
    return inTurn(
        "reading states",
        () -> {
          program.checkRead(names);
          Map<String, Array> values = new LinkedHashMap<>();
          for (String state : names) {
            values.put(
                state,
                Transfer.download(
                    nativeState(state),
                    Objects.requireNonNull(program.states().get(state)).shape()));
          }
          return values;
        });
  }

  /** Calls the library for an executable that is still open when its turn comes. */
  private <T> T inTurn(String what, Supplier<T> call) {
    return PyTorch.LIBRARY.call(
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
    PyTorch.LIBRARY.run(
        "closing program '" + program.name() + "'",
        () -> {
          if (!closed) {
            closed = true;
            module.close();
            manager.close();
            onClose.accept(this);
          }
        });
  }
}
