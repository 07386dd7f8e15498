import org.jspecify.annotations.NullMarked;

/** Contract tests and a plain-Java reference backend, for authors of engines and plugins. */
@NullMarked
module io.mae4j.testkit {
  requires transitive io.mae4j.api;
  requires io.mae4j.core;
  requires static org.jspecify;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
}
