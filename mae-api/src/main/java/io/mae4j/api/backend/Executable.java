package io.mae4j.api.backend;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A compiled program and its states in the engine's memory. For one thread at a time, whichever it
 * is, but for {@link #close()}, which any thread may call at any time: it waits for the call under
 * way. Several executables live beside each other without sharing anything, and what one computes
 * does not depend on what others do at the same time, see {@link Backend}. Every method throws a
 * {@link MaeException} of kind INTERNAL after {@link #close()}.
 */
public interface Executable extends AutoCloseable {

  /**
   * The very program that was given to {@link Backend#compile}, also where the engine, or one that
   * stands before it, runs another one in its place: what is counted of it is the work asked for.
   */
  Program program();

  /**
   * Runs a graph once: reads states, computes, brings the asked outputs to the host, and updates
   * the states.
   *
   * @param graph which graph
   * @param inputs its inputs, all of them
   * @param fetch the outputs to bring to the host; what is not asked for stays in the engine
   * @return the fetched outputs by name: {@code FLOAT32}, or {@code FLOAT64} from an engine that
   *     computes so
   * @throws MaeException of kind USER if inputs do not fit or an output is unknown; states are then
   *     unchanged
   */
  Map<String, Array> run(String graph, Map<String, Array> inputs, Set<String> fetch);

  /**
   * Sets states.
   *
   * @throws MaeException of kind USER if a state is unknown or the shape does not fit; then nothing
   *     was set
   */
  void write(Map<String, Array> states);

  /**
   * Copies states to the host.
   *
   * @throws MaeException of kind USER if a state is unknown
   */
  Map<String, Array> read(Collection<String> states);

  @Override
  void close();
}
