import org.jspecify.annotations.NullMarked;

/** What the guides show, compiled. */
@NullMarked
module io.mae4j.docs {
  requires io.mae4j.api;
  requires io.mae4j.core;
  requires io.mae4j.data;
  requires io.mae4j.eval;
  requires static org.jspecify;
}
