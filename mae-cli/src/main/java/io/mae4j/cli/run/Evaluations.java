package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.graph.Array;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.StatusLine;
import io.mae4j.core.model.Pool;
import io.mae4j.core.registry.Registry;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.compare.EncoderFeatures;
import io.mae4j.eval.compare.RawPixels;
import io.mae4j.eval.compare.Representation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures what an encoder learnt, beside what it would know untrained and what the pixels say by
 * themselves.
 */
public final class Evaluations {
  private static final int BATCH = 100;

  private final Engines engines;
  private final Datasets datasets;
  private final Registry<EvaluatorProvider> evaluators;
  private final Console console;

  /** Measures with what these know. */
  public Evaluations(
      Engines engines, Datasets datasets, Registry<EvaluatorProvider> evaluators, Console console) {
    this.engines = engines;
    this.datasets = datasets;
    this.evaluators = evaluators;
    this.console = console;
  }

  /**
   * Refuses names that no evaluator has.
   *
   * @throws MaeException of kind USER that says which there are
   */
  public void require(List<String> names) {
    names.forEach(evaluators::get);
  }

  /**
   * Refuses, before anything is trained, what could not be measured afterwards.
   *
   * @throws MaeException of kind DATA if the images have no classes
   */
  public void check(RunConfig config, List<String> names) {
    require(names);
    LabelledImages.open(datasets, config);
  }

  /**
   * Measures a model.
   *
   * @param names the evaluators
   * @param pool how the tokens of an image become one vector
   * @throws MaeException of kind DATA if the images have no classes
   */
  public Comparison run(TrainedModel trained, List<String> names, Pool pool) {
    return run(trained, usual(names), pool);
  }

  /** Measures a model alone, without what it is otherwise compared to. */
  public Comparison learnt(TrainedModel trained, List<String> names, Pool pool) {
    return run(trained, usual(names), pool, false);
  }

  private Map<String, Evaluator> usual(List<String> names) {
    Map<String, Evaluator> chosen = new LinkedHashMap<>();
    names.forEach(name -> chosen.put(name, evaluator(name, Map.of())));
    return chosen;
  }

  /** The names of the evaluators there are. */
  public Set<String> names() {
    return evaluators.names();
  }

  /**
   * An evaluator.
   *
   * @param options what it is told; the rest is as usual
   * @throws MaeException of kind USER if there is none of that name, or it has no such option
   */
  public Evaluator evaluator(String name, Map<String, String> options) {
    EvaluatorProvider provider = evaluators.get(name);
    Map<String, String> all = new LinkedHashMap<>(provider.options());
    options.forEach(
        (key, value) -> {
          if (!all.containsKey(key)) {
            throw MaeException.user(
                "the evaluation '"
                    + name
                    + "' has no option '"
                    + key
                    + "'; it has "
                    + (all.isEmpty() ? "none" : String.join(", ", all.keySet())));
          }
          all.put(key, value);
        });
    return provider.create(all);
  }

  /**
   * Measures a model.
   *
   * @param chosen the evaluators by name
   * @param pool how the tokens of an image become one vector
   * @throws MaeException of kind DATA if the images have no classes
   */
  public Comparison run(TrainedModel trained, Map<String, Evaluator> chosen, Pool pool) {
    return run(trained, chosen, pool, true);
  }

  private Comparison run(
      TrainedModel trained, Map<String, Evaluator> chosen, Pool pool, boolean compared) {
    RunConfig config = trained.config();
    LabelledImages data = LabelledImages.open(datasets, config);
    Dataset train = data.train();
    Dataset test = data.test();
    console.note(
        String.format(
            Locale.ROOT,
            "Measuring %s on %,d + %,d images of %s …",
            String.join(" and ", chosen.keySet()),
            train.size(),
            test.size(),
            config.data().location()));
    int images = train.size() + test.size();
    try (StatusLine status = new StatusLine(console, System::nanoTime);
        Backend backend = engines.open(config.backend())) {
      List<Representation> representations = new ArrayList<>();
      representations.add(
          features("pre-trained encoder", backend, trained, trained.values(), pool));
      if (compared) {
        Map<String, Array> untrained =
            trained.model().initialize(new Randomness(config.recipe().seed()));
        representations.add(features("untrained encoder", backend, trained, untrained, pool));
        representations.add(new RawPixels(trained.image()));
      }
      return Comparison.run(
          chosen,
          representations,
          Batches.whole(train, trained.image(), config, BATCH, console),
          Batches.whole(test, trained.image(), config, BATCH, console),
          train.classes().size(),
          backend,
          config.recipe().seed(),
          done ->
              status.show(
                  done == images,
                  () -> String.format(Locale.ROOT, "encoded %,d of %,d images", done, images)));
    }
  }

  /** An encoder with values of its own; closed with the engine. */
  private static EncoderFeatures features(
      String name, Backend backend, TrainedModel trained, Map<String, Array> values, Pool pool) {
    return new EncoderFeatures(
        name,
        backend,
        new CompileOptions(trained.config().backend().precision()),
        trained.model().encoder(),
        values,
        pool,
        BATCH);
  }
}
