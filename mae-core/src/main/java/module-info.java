import org.jspecify.annotations.NullMarked;

/** Neutral behaviour on the contracts of {@code io.mae4j.api}; knows no engine. */
@NullMarked
module io.mae4j.core {
  requires transitive io.mae4j.api;
  requires static org.jspecify;
  requires tools.jackson.core;

  exports io.mae4j.core.graph;
  exports io.mae4j.core.infer;
  exports io.mae4j.core.model;
  exports io.mae4j.core.registry;
  exports io.mae4j.core.schedule;
  exports io.mae4j.core.train;
}
