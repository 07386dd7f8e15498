package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.progress.ScoresFile;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.checkpoint.WeightsFingerprint;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.eval.classify.ClassifierRecipe;
import io.mae4j.eval.classify.ClassifierTraining;
import io.mae4j.eval.classify.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Trains classifiers on encoders, each in a run's folder of its own. */
public final class ClassifierRuns {
  private static final String EVALUATION = "evaluation";
  private static final String PRETRAINED = "pretrained";
  private static final String FROZEN = "frozen_sha256";

  private final Engines engines;
  private final Models models;
  private final Datasets datasets;
  private final Console console;

  /**
   * What to train.
   *
   * @param protocol how
   * @param config the settings, with the image size of the encoder
   * @param name what a new folder below {@code runs/} is called where none is given
   * @param origin the encoder's checkpoint, or {@link #SCRATCH}
   * @param values the encoder's weights by name; none to train from scratch
   */
  public record Job(
      Protocol protocol, RunConfig config, String name, String origin, Map<String, Array> values) {
    /** The origin of an encoder without pre-training. */
    public static final String SCRATCH = "from scratch";
  }

  /** Trains with what these know. */
  public ClassifierRuns(Engines engines, Models models, Datasets datasets, Console console) {
    this.engines = engines;
    this.models = models;
    this.datasets = datasets;
    this.console = console;
  }

  /**
   * Trains into a new folder.
   *
   * @throws MaeException of kind DATA if the images have no classes, or other ones in the test
   */
  public ClassifierOutcome run(Job job) {
    try (RunLock lock = new RunLock()) {
      return run(job, Optional.empty(), lock);
    }
  }

  /**
   * Goes on with a run.
   *
   * @param config what it was told, perhaps overlaid
   */
  public ClassifierOutcome resume(Protocol protocol, RunConfig config, RunFolder folder) {
    try (RunLock lock = new RunLock()) {
      lock.take(folder.path());
      return resume(protocol, config, folder, lock);
    }
  }

  private ClassifierOutcome resume(
      Protocol protocol, RunConfig config, RunFolder folder, RunLock lock) {
    if (!Files.exists(folder.checkpoint())) {
      throw MaeException.data(folder.path() + " holds no checkpoint to go on from");
    }
    Checkpoint before = CheckpointFile.read(folder.checkpoint());
    Object evaluation = before.config().get(EVALUATION);
    if (!protocol.id().equals(evaluation)) {
      throw MaeException.user(
          folder.path()
              + (evaluation == null
                  ? " is no run of an evaluation"
                  : " is a run of '" + evaluation + "', not of '" + protocol.id() + "'"));
    }
    Job job =
        new Job(
            protocol,
            config,
            folder.name(),
            before.provenance().getOrDefault(PRETRAINED, ""),
            Map.of());
    return run(job, Optional.of(new Before(folder, before)), lock);
  }

  /** Where a resumed run stood. */
  private record Before(RunFolder folder, Checkpoint checkpoint) {}

  private ClassifierOutcome run(Job job, Optional<Before> before, RunLock lock) {
    Protocol protocol = job.protocol();
    LabelledImages data = LabelledImages.open(datasets, job.config());
    ImageSpec image = Models.image(job.config().model());
    RunConfig config =
        protocol
            .warmedUp(job.config())
            .resolved(image, engines.choose(job.config().backend()).name());
    VitEncoder encoder = vit(models.create(config.model(), image).encoder(), config);
    VitClassifier classifier = protocol.classifier(encoder, config, data.train().classes().size());
    ClassifierRecipe recipe = protocol.recipe(config, encoder.config().depth());
    BatchSource source =
        Batches.augmented(data.train(), image, config, protocol.augmentation(config), console);
    CompileOptions options = new CompileOptions(config.backend().precision());
    try (Backend backend = engines.open(config.backend())) {
      MemoryForecast.of(classifier, recipe, config).require(backend);
      try (ClassifierTraining training =
          before.isPresent()
              ? ClassifierTraining.resume(
                  classifier, recipe, before.get().checkpoint(), backend, options)
              : ClassifierTraining.start(classifier, recipe, job.values(), backend, options)) {
        training.run().stepsPerEpoch(source);
        RunFolder folder = before.map(Before::folder).orElseGet(() -> folder(job, lock));
        folder.write(folder.config(), ConfigYaml.write(config, protocol.runKeys()));
        Map<String, String> provenance = Provenance.of(config, data.train(), backend);
        before.ifPresent(
            was -> Provenance.compare(was.checkpoint().provenance(), provenance, console));
        provenance.put(PRETRAINED, job.origin());
        provenance.put(
            FROZEN,
            before
                .map(was -> was.checkpoint().provenance().getOrDefault(FROZEN, ""))
                .orElseGet(() -> frozen(classifier, training).sha256()));
        Trainer trainer = new Trainer(job, config, data, classifier, training, folder, provenance);
        trainer.describe(backend);
        return trainer.train(source, () -> GemmRate.measure(backend, options));
      }
    }
  }

  private static VitEncoder vit(Encoder encoder, RunConfig config) {
    if (encoder instanceof VitEncoder vit) {
      return vit;
    }
    throw MaeException.user(
        "a classifier can be trained on the encoder 'vit' only, not on '"
            + config.model().encoder()
            + "'; evaluate its frozen features by knn, or by linear --cached");
  }

  private static RunFolder folder(Job job, RunLock lock) {
    return job.config()
        .output()
        .out()
        .map(out -> RunFolder.create(Path.of(out), lock))
        .orElseGet(() -> RunFolder.next(job.name(), lock));
  }

  private static WeightsFingerprint frozen(VitClassifier classifier, ClassifierTraining training) {
    return WeightsFingerprint.of(
        training.run().checkpoint(Map.of(), Map.of()).model(), classifier.frozen());
  }

  /** One training on its way. */
  private final class Trainer {
    private final Job job;
    private final RunConfig config;
    private final LabelledImages data;
    private final VitClassifier classifier;
    private final ClassifierTraining training;
    private final RunFolder folder;
    private final Map<String, String> provenance;

    Trainer(
        Job job,
        RunConfig config,
        LabelledImages data,
        VitClassifier classifier,
        ClassifierTraining training,
        RunFolder folder,
        Map<String, String> provenance) {
      this.job = job;
      this.config = config;
      this.data = data;
      this.classifier = classifier;
      this.training = training;
      this.folder = folder;
      this.provenance = provenance;
    }

    ClassifierOutcome train(BatchSource source, DoubleSupplier peakFlops) {
      Map<String, Object> tree =
          new LinkedHashMap<>(ConfigYaml.tree(config, job.protocol().runKeys()));
      tree.put(EVALUATION, job.protocol().id());
      CheckpointWriter writer =
          new CheckpointWriter(() -> training.run().checkpoint(tree, provenance));
      BatchSource test =
          Batches.whole(
              data.test(), classifier.image(), config, config.recipe().batchSize(), console);
      TrainingLoop loop =
          new TrainingLoop(
              folder,
              config,
              training.run(),
              writer,
              "mae evaluate " + job.protocol().id() + " --resume",
              console);
      if (!Files.exists(folder.checkpoint())) {
        loop.save(); // so that there is always a good one to go on from
      }
      try (ScoresFile file = ScoresFile.open(folder.scores(), training.run().progress().step())) {
        ClassifierProgress measured =
            new ClassifierProgress(
                training, test, data.test().size(), config, folder, file, writer, console);
        TrainingLoop.Ended ended = loop.run(source, peakFlops, measured::listener);
        Optional<Scores> scores =
            ended.interrupted() ? Optional.empty() : Optional.of(measured.last());
        return new ClassifierOutcome(
            job.protocol(),
            folder,
            config,
            job.origin(),
            data.train().size(),
            data.train().classes(),
            training.run().progress(),
            scores,
            ScoresFile.best(ScoresFile.read(folder.scores())),
            weights(),
            ended.seconds(),
            ended.interrupted());
      }
    }

    /**
     * Counts the weights and compares the frozen ones with what they were.
     *
     * @throws MaeException of kind INTERNAL if one has changed
     */
    private ClassifierOutcome.Weights weights() {
      WeightsFingerprint after = frozen(classifier, training);
      String before = provenance.getOrDefault(FROZEN, "");
      if (!after.sha256().equals(before)) {
        throw MaeException.internal(
            "frozen weights have changed: SHA-256 " + before + " before, " + after.sha256());
      }
      return new ClassifierOutcome.Weights(trained(), after.values(), before, after.sha256());
    }

    private long trained() {
      return classifier.parameters().stream()
          .filter(ParameterSpec::trainable)
          .mapToLong(spec -> spec.shape().size())
          .sum();
    }

    void describe(Backend backend) {
      console.note(
          String.format(
              Locale.ROOT,
              "Data      %s: %,d training and %,d test images, %d classes",
              data.train().name(),
              data.train().size(),
              data.test().size(),
              data.train().classes().size()));
      Batches.noteLeftOver(data.train().size(), config, console);
      console.note(
          String.format(
              Locale.ROOT,
              "Training  %s of %s: %,d parameters, %.1f GFLOP a step",
              job.protocol().label(config),
              job.origin(),
              trained(),
              training.run().flopsPerStep() / 1e9));
      Engines.lines(backend, config.backend()).forEach(console::note);
      long step = training.run().progress().step();
      console.note("Run       " + folder.path() + (step > 0 ? ", goes on after step " + step : ""));
    }
  }
}
