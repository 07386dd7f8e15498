package io.mae4j.testkit;

import java.util.function.Consumer;

/**
 * A case of the engine contract.
 *
 * @param name what is tried, for people
 * @param trace traces the graph and says how close its outputs must be
 */
record NamedTrial(String name, Consumer<Trial> trace) {}
