import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.eval.probe.KnnEvaluatorProvider;
import io.mae4j.eval.probe.LinearProbeProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Evaluations of frozen features, comparisons with baselines, ablations, pictures of rebuilt images
 * and of the loss, and the page that ties them together; knows no engine.
 */
@NullMarked
module io.mae4j.eval {
  requires transitive io.mae4j.api;
  requires transitive io.mae4j.core;
  requires transitive java.desktop;
  requires static transitive org.jspecify;

  exports io.mae4j.eval.ablation;
  exports io.mae4j.eval.chart;
  exports io.mae4j.eval.classify;
  exports io.mae4j.eval.compare;
  exports io.mae4j.eval.features;
  exports io.mae4j.eval.picture;
  exports io.mae4j.eval.report;

  provides EvaluatorProvider with
      KnnEvaluatorProvider,
      LinearProbeProvider;
}
