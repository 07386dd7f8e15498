package io.mae4j.eval.classify;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.train.BatchParts;
import io.mae4j.core.train.TrainingProgram;
import io.mae4j.core.train.TrainingRun;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** A classifier in training on one engine, and what it scores on the way. */
public final class ClassifierTraining implements AutoCloseable {
  private final VitClassifier classifier;
  private final ClassifierRecipe recipe;
  private final Randomness randomness;
  private final ClassifierObjective objective;
  private final TrainingRun run;

  private ClassifierTraining(
      VitClassifier classifier,
      ClassifierRecipe recipe,
      Checkpoint start,
      Backend backend,
      CompileOptions options) {
    this.classifier = classifier;
    this.recipe = recipe;
    this.randomness = new Randomness(recipe.seed());
    int batch = recipe.schedule().batchSize();
    this.objective = ClassifierObjective.of(classifier, batch, backend);
    this.run =
        TrainingRun.of(
            program(objective, recipe),
            objective,
            recipe.optimizer(),
            recipe.schedule(),
            this::prepare,
            start,
            backend,
            options);
  }

  /** What a step runs when it takes the batch as a whole. */
  public static Program program(VitClassifier classifier, ClassifierRecipe recipe) {
    int batch = recipe.schedule().batchSize();
    return program(new ClassifierObjective(classifier, batch, BatchParts.WHOLE), recipe);
  }

  private static Program program(ClassifierObjective objective, ClassifierRecipe recipe) {
    return TrainingProgram.of(
        "classifier",
        objective,
        recipe.optimizer(),
        recipe.schedule().accumIter(),
        objective.predict());
  }

  /**
   * Starts from a pre-trained encoder.
   *
   * @param pretrained its values by name; what is missing is drawn by the recipe's seed, so that
   *     none at all trains from scratch
   */
  public static ClassifierTraining start(
      VitClassifier classifier,
      ClassifierRecipe recipe,
      Map<String, Array> pretrained,
      Backend backend,
      CompileOptions options) {
    Map<String, Array> values = classifier.initialize(pretrained, new Randomness(recipe.seed()));
    Checkpoint first = new Checkpoint(values, Map.of(), Map.of(), Progress.start(), Map.of());
    return resume(classifier, recipe, first, backend, options);
  }

  /** Goes on from a checkpoint of such a training. */
  public static ClassifierTraining resume(
      VitClassifier classifier,
      ClassifierRecipe recipe,
      Checkpoint checkpoint,
      Backend backend,
      CompileOptions options) {
    return new ClassifierTraining(classifier, recipe, checkpoint, backend, options);
  }

  /** The run, to be fed with labelled batches. */
  public TrainingRun run() {
    return run;
  }

  /** Mixes images, softens labels, draws dropped branches, cuts patches. */
  private Map<String, Array> prepare(Batch batch) {
    int height = classifier.image().height();
    int width = classifier.image().width();
    Draws random = randomness.draws("mixup", batch.epoch(), batch.indices()[0]);
    Mix mix = recipe.mixup().draw(height, width, random);
    float[] images = batch.images();
    mix.apply(images, batch.size(), height, width);
    Map<String, Array> inputs =
        new LinkedHashMap<>(new PatchCutter(classifier.image()).whole(images, batch.size()));
    inputs.put(
        ClassifierObjective.TARGETS,
        recipe.mixup().targets(batch.labels(), mix.share(), classifier.head().classes()));
    if (classifier.dropPath().rate() > 0) {
      inputs.put(
          DropPath.FACTORS,
          classifier
              .dropPath()
              .draw(
                  batch.size(), randomness.draws("drop-path", batch.epoch(), batch.indices()[0])));
    }
    return objective.parts().cut(inputs);
  }

  /**
   * Scores labelled images; nothing is dropped, mixed or learnt.
   *
   * @param source whole images in batches of at most the recipe's batch size
   * @param progress hears of the number of images scored, after each batch
   * @throws MaeException of kind USER if a score is no number
   */
  public Scores evaluate(BatchSource source, IntConsumer progress) {
    int classes = classifier.head().classes();
    int size = recipe.schedule().batchSize();
    Scores.Sum sum = new Scores.Sum(classes);
    try (BatchStream<Batch> batches = source.epoch(0, 0, Batch::copy)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        float[] images =
            batch.size() == size
                ? batch.images()
                : Arrays.copyOf(batch.images(), batch.images().length / batch.size() * size);
        Array logits =
            run.executable()
                .run(
                    ClassifierObjective.PREDICT,
                    new PatchCutter(classifier.image()).whole(images, size),
                    Set.of(ClassifierObjective.LOGITS))
                .get(ClassifierObjective.LOGITS);
        if (logits == null) {
          throw MaeException.internal("the engine did not return the scores");
        }
        double[] values = logits.toDoubles();
        requireNumbers(values);
        for (int i = 0; i < batch.size(); i++) {
          sum.add(Arrays.copyOfRange(values, i * classes, (i + 1) * classes), batch.labels()[i]);
        }
        progress.accept(sum.images());
      }
    }
    return sum.scores();
  }

  private void requireNumbers(double[] logits) {
    for (double logit : logits) {
      if (!Double.isFinite(logit)) {
        throw MaeException.user(
            "after step "
                + run.progress().step()
                + " the classifier scores test images with "
                + logit
                + "; take a lower learning rate or a longer warm-up");
      }
    }
  }

  @Override
  public void close() {
    run.close();
  }
}
