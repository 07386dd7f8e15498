package io.mae4j.eval.compare;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.Features;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Evaluations of several representations on the same images with the same settings.
 *
 * @param trainImages images the evaluators learnt from
 * @param testImages images they were measured on
 * @param classes K, the number of classes
 * @param rows the representations, in the order of the table
 */
public record Comparison(int trainImages, int testImages, int classes, List<Row> rows) {

  /**
   * One representation.
   *
   * @param representation its name
   * @param detail how its vectors are made
   * @param width D
   * @param evaluations what each evaluator found, by the evaluator's name
   */
  public record Row(
      String representation, String detail, int width, Map<String, Evaluation> evaluations) {

    /** Copies the map, keeping its order. */
    public Row {
      evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    }
  }

  /** Copies the list and checks that all rows hold the same evaluators. */
  public Comparison {
    rows = List.copyOf(rows);
    if (rows.stream().map(row -> List.copyOf(row.evaluations().keySet())).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "a comparison needs rows with the same evaluators, got " + rows);
    }
  }

  /**
   * Encodes the images of both sources once and evaluates every representation.
   *
   * @param evaluators what to measure with, by name
   * @param representations what to measure
   * @param train labelled images to learn from, without augmentation
   * @param test labelled images to measure on, without augmentation
   * @param classes K
   * @param backend where evaluators compute
   * @param seed the run's seed
   * @param progress hears of the number of images encoded, after each batch
   */
  public static Comparison run(
      Map<String, Evaluator> evaluators,
      List<Representation> representations,
      BatchSource train,
      BatchSource test,
      int classes,
      Backend backend,
      long seed,
      IntConsumer progress) {
    List<Features> trainFeatures = FeatureTable.encode(train, representations, progress);
    int trainImages = trainFeatures.get(0).size();
    List<Features> testFeatures =
        FeatureTable.encode(test, representations, done -> progress.accept(trainImages + done));
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < representations.size(); r++) {
      EvaluationTask task =
          new EvaluationTask(trainFeatures.get(r), testFeatures.get(r), classes, backend, seed);
      Map<String, Evaluation> evaluations = new LinkedHashMap<>();
      evaluators.forEach((name, evaluator) -> evaluations.put(name, evaluator.evaluate(task)));
      Representation representation = representations.get(r);
      rows.add(
          new Row(
              representation.name(), representation.detail(), representation.width(), evaluations));
    }
    return new Comparison(trainImages, testFeatures.get(0).size(), classes, rows);
  }

  /** The evaluators' names, in the order of the table's columns. */
  public List<String> evaluators() {
    return List.copyOf(rows.get(0).evaluations().keySet());
  }

  /**
   * The settings that an evaluator reports, from the first row; rows differ at most in what depends
   * on the width.
   */
  public Map<String, String> settings(String evaluator) {
    Evaluation evaluation = rows.get(0).evaluations().get(evaluator);
    if (evaluation == null) {
      throw new IllegalArgumentException("no evaluator '" + evaluator + "' among " + evaluators());
    }
    return evaluation.settings();
  }

  /** What was measured on, in words. */
  public String setting() {
    return String.format(
        Locale.ROOT,
        "Top-1 accuracy in percent, frozen features, %,d training and %,d test images, %d classes.",
        trainImages,
        testImages,
        classes);
  }

  /** The comparison as a tree of maps, lists, strings and numbers, for JSON. */
  public Map<String, Object> toTree() {
    List<Object> results = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> evaluations = new LinkedHashMap<>();
      row.evaluations()
          .forEach(
              (name, evaluation) -> {
                Map<String, Object> found = new LinkedHashMap<>();
                found.put("accuracy", evaluation.accuracy());
                found.put("settings", evaluation.settings());
                evaluations.put(name, found);
              });
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("representation", row.representation());
      tree.put("detail", row.detail());
      tree.put("width", row.width());
      tree.put("evaluations", evaluations);
      results.add(tree);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("train_images", trainImages);
    tree.put("test_images", testImages);
    tree.put("classes", classes);
    tree.put("results", results);
    return tree;
  }
}
