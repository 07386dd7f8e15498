import org.jspecify.annotations.NullMarked;

/** Neutral behaviour on the contracts of {@code io.mae4j.api}; knows no engine. */
@NullMarked
module io.mae4j.core {
  requires transitive io.mae4j.api;
  requires static org.jspecify;
  requires tools.jackson.core;
}
