import org.jspecify.annotations.NullMarked;

/**
 * What the author of an engine or plugin runs: contract tests for each kind of provider, and a
 * plain-Java reference backend that they are compared with.
 */
@NullMarked
module io.mae4j.testkit {
  requires transitive io.mae4j.api;
  requires io.mae4j.core;
  requires java.management;
  requires jdk.management;
  requires org.apache.commons.numbers.gamma;
  requires static org.jspecify;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;

  exports io.mae4j.testkit;
  exports io.mae4j.testkit.data;
  exports io.mae4j.testkit.masking;
  exports io.mae4j.testkit.model;
  exports io.mae4j.testkit.reference;

  opens io.mae4j.testkit to
      org.junit.platform.commons;
  opens io.mae4j.testkit.data to
      org.junit.platform.commons;
  opens io.mae4j.testkit.masking to
      org.junit.platform.commons;
  opens io.mae4j.testkit.model to
      org.junit.platform.commons;

  provides io.mae4j.api.backend.BackendProvider with
      io.mae4j.testkit.reference.ReferenceBackendProvider;
}
