import org.jspecify.annotations.NullMarked;

/** Evaluations and reconstruction pictures; knows no engine. */
@NullMarked
module io.mae4j.eval {
  requires io.mae4j.api;
  requires io.mae4j.core;
  requires java.desktop;
  requires static org.jspecify;
  requires org.slf4j;
  requires xchart;
}
