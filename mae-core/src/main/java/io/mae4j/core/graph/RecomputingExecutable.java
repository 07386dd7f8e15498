package io.mae4j.core.graph;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A program that runs as its {@link Recomputation}.
 *
 * @param given what was given to compile
 * @param rewritten what runs; closed with this
 */
record RecomputingExecutable(Program given, Executable rewritten) implements Executable {

  @Override
  public Program program() {
    rewritten.program(); // refuses after closing
    return given;
  }

  @Override
  public Map<String, Array> run(String graph, Map<String, Array> inputs, Set<String> fetch) {
    return rewritten.run(graph, inputs, fetch);
  }

  @Override
  public void write(Map<String, Array> states) {
    rewritten.write(states);
  }

  @Override
  public Map<String, Array> read(Collection<String> states) {
    return rewritten.read(states);
  }

  @Override
  public void close() {
    rewritten.close();
  }
}
