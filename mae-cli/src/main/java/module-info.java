import org.jspecify.annotations.NullMarked;

/** The command line: the only place that knows every part and wires them together. */
@NullMarked
module io.mae4j.cli {
  requires com.google.common;
  requires com.google.guice;
  requires info.picocli;
  requires io.mae4j.api;
  requires io.mae4j.core;
  requires io.mae4j.data;
  requires io.mae4j.eval;
  requires jakarta.inject;
  requires jdk.management;
  requires static org.jspecify;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;

  uses io.mae4j.api.backend.BackendProvider;
  uses io.mae4j.api.data.DatasetProvider;
  uses io.mae4j.api.eval.EvaluatorProvider;
  uses io.mae4j.api.masking.MaskingStrategyProvider;
  uses io.mae4j.api.model.DecoderProvider;
  uses io.mae4j.api.model.EncoderProvider;

  opens io.mae4j.cli.command to
      info.picocli;
}
