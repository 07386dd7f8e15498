package io.mae4j.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.TensorType;
import io.mae4j.backend.djl.script.Method;
import io.mae4j.backend.djl.script.Script;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A loaded program with its states, constants and input buffers in native memory. */
final class DjlExecutable implements Executable {
  private final NativeContext context;
  private final Program program;
  private final Script script;
  private final Consumer<DjlExecutable> onClose;
  private final NDManager manager;
  private final NativeModule module;
  private final Map<String, NDArray> states = new HashMap<>();
  private final Map<Array, NDArray> constants = new IdentityHashMap<>();
  private final Map<InputKey, Transfer> transfers = new HashMap<>();
  private boolean closed;

  private record InputKey(String input, TensorType type) {}

  DjlExecutable(NativeContext context, Program program, Script script, Consumer<DjlExecutable> onClose) {
    this.context = context;
    this.program = program;
    this.script = script;
    this.onClose = onClose;
    this.manager = context.newManager();
    NativeModule loaded = null;
    try {
      loaded = NativeFailure.guard("loading program '" + program.name() + "'", () -> NativeModule.load(context, script.source()));
      NativeFailure.guard("making the states of program '" + program.name() + "'", this::makeStates);
    } catch (MaeException e) {
      if (loaded != null) {
        loaded.close();
      }
      manager.close();
      throw e;
    }
    this.module = loaded;
  }

  private boolean makeStates() {
    for (StateSpec spec : program.states().values()) {
      states.put(spec.name(), manager.zeros(Transfer.shape(spec.shape())));
    }
    return true;
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public Map<String, Array> run(String graph, Map<String, Array> inputs, Set<String> fetch) {
    requireOpen();
    Method method = script.methods().get(graph);
    if (method == null) {
      throw MaeException.user("program '" + program.name() + "' has no graph '" + graph + "'. It has: " + script.methods().keySet());
    }
    Graph definition = program.graph(graph);
    definition.checkInputs(inputs);
    for (String output : fetch) {
      if (!definition.outputs().containsKey(output)) {
        throw MaeException.user("graph '" + graph + "' has no output '" + output + "'. It has: " + definition.outputs().keySet());
      }
    }
    return NativeFailure.guard("graph '" + graph + "'", () -> runNative(definition, method, inputs, fetch));
  }

  private Map<String, Array> runNative(Graph graph, Method method, Map<String, Array> inputs, Set<String> fetch) {
    try (NDManager results = context.newManager()) {
      NDList outputs = module.call(results, method.name(), arguments(results, graph, method, inputs));
      Map<String, Array> fetched = new LinkedHashMap<>();
      for (int i = 0; i < method.outputs().size(); i++) {
        String output = method.outputs().get(i);
        if (fetch.contains(output)) {
          fetched.put(output, Transfer.download(outputs.get(i), graph.outputs().get(output).shape()));
        }
      }
      return fetched;
    }
  }

  private NDList arguments(NDManager results, Graph graph, Method method, Map<String, Array> inputs) {
    NDList arguments = new NDList();
    for (String input : method.inputs()) {
      TensorType type = graph.inputs().get(input).type();
      Transfer transfer = transfers.computeIfAbsent(new InputKey(input, type), key -> new Transfer(type));
      arguments.add(transfer.upload(results, inputs.get(input)));
    }
    method.states().forEach((list, members) -> members.forEach(state -> arguments.add(element(list, states.get(state)))));
    for (Array constant : method.constants()) {
      arguments.add(element(Method.CONSTANTS, constants.computeIfAbsent(constant, this::makeConstant)));
    }
    return arguments;
  }

  private static NDArray element(String list, NDArray array) {
    array.setName(list + "[]");
    return array;
  }

  private NDArray makeConstant(Array value) {
    return new Transfer(TensorType.real(value.shape())).upload(manager, value);
  }

  @Override
  public void write(Map<String, Array> values) {
    requireOpen();
    values.forEach(
        (state, value) -> {
          StateSpec spec = spec(state);
          if (!spec.shape().equals(value.shape()) || !value.dtype().isFloating()) {
            throw MaeException.user("state '" + state + "' is FLOAT32 " + spec.shape() + ", got " + value);
          }
        });
    NativeFailure.guard("writing states of program '" + program.name() + "'", () -> writeNative(values));
  }

  private boolean writeNative(Map<String, Array> values) {
    try (NDManager temporary = context.newManager()) {
      Map<TensorType, Transfer> buffers = new HashMap<>();
      values.forEach(
          (state, value) -> {
            TensorType type = TensorType.real(value.shape());
            NDArray source = buffers.computeIfAbsent(type, key -> new Transfer(type)).upload(temporary, value);
            NDArray destination = states.get(state);
            destination.setName("");
            module.call(temporary, Script.COPY, new NDList(destination, source));
          });
      return true;
    }
  }

  @Override
  public Map<String, Array> read(Collection<String> names) {
    requireOpen();
    names.forEach(this::spec);
    return NativeFailure.guard(
        "reading states of program '" + program.name() + "'",
        () -> {
          Map<String, Array> values = new LinkedHashMap<>();
          names.forEach(state -> values.put(state, Transfer.download(states.get(state), spec(state).shape())));
          return values;
        });
  }

  private StateSpec spec(String state) {
    StateSpec spec = program.states().get(state);
    if (spec == null) {
      throw MaeException.user("program '" + program.name() + "' has no state '" + state + "'. It has: " + program.states().keySet());
    }
    return spec;
  }

  private void requireOpen() {
    if (closed) {
      throw MaeException.internal("program '" + program.name() + "' is used after it was closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      module.close();
      manager.close();
      onClose.accept(this);
    }
  }
}
