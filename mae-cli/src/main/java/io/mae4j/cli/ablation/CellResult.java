package io.mae4j.cli.ablation;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a finished training of an ablation came to, as its folder keeps it in {@code cell.json}.
 *
 * @param pool how features were pooled for the accuracies
 * @param accuracies top-1 accuracy in percent by evaluator
 * @param loss mean loss of the last epoch
 * @param hiddenPsnr of the rebuilt images, in decibels
 * @param seconds of training, interruptions left out
 * @param gflopPerStep floating-point operations of a training step, in 10⁹
 */
record CellResult(
    String pool,
    Map<String, Double> accuracies,
    double loss,
    double hiddenPsnr,
    double seconds,
    double gflopPerStep) {
  private static final String FILE = "cell.json";
  private static final String POOL = "pool";
  private static final String ACCURACY = "accuracy";
  private static final String LOSS = "loss";
  private static final String PSNR = "hidden_psnr_db";
  private static final String SECONDS = "train_seconds";
  private static final String GFLOP = "gflop_per_step";

  CellResult {
    accuracies = Collections.unmodifiableMap(new LinkedHashMap<>(accuracies));
  }

  /** The evaluators whose accuracies are missing. */
  List<String> missing(List<String> evaluators) {
    return evaluators.stream().filter(name -> !accuracies.containsKey(name)).toList();
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(POOL, pool);
    tree.put(ACCURACY, accuracies);
    tree.put(LOSS, loss);
    tree.put(PSNR, hiddenPsnr);
    tree.put(SECONDS, seconds);
    tree.put(GFLOP, gflopPerStep);
    return tree;
  }

  void write(RunFolder folder) {
    folder.write(folder.path().resolve(FILE), Json.write(tree()) + "\n");
  }

  /**
   * The result of a folder, if it is finished.
   *
   * @throws MaeException of kind DATA if the file is damaged
   */
  static Optional<CellResult> read(RunFolder folder) {
    Path file = folder.path().resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = JsonMapper.shared().readTree(Files.readString(file));
      Map<String, Double> accuracies = new LinkedHashMap<>();
      tree.path(ACCURACY)
          .properties()
          .forEach(entry -> accuracies.put(entry.getKey(), entry.getValue().asDouble()));
      return Optional.of(
          new CellResult(
              tree.path(POOL).asString(),
              accuracies,
              number(tree, LOSS),
              number(tree, PSNR),
              number(tree, SECONDS),
              number(tree, GFLOP)));
    } catch (JacksonException | NumberFormatException | IOException e) {
      throw new MaeException(
          ErrorKind.DATA,
          file + " cannot be read: " + e.getMessage() + "; remove it to measure the run again",
          e);
    }
  }

  /** What is no finite number is written as a text. */
  private static double number(JsonNode tree, String key) {
    JsonNode node = tree.path(key);
    return node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
  }
}
