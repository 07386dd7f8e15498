package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.progress.Durations;
import io.mae4j.cli.progress.ScoresFile;
import io.mae4j.eval.classify.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a classifier's training came to.
 *
 * @param protocol how it was trained
 * @param folder where it is
 * @param config what it was told, with everything spelt out
 * @param origin the encoder's checkpoint, or {@code from scratch}
 * @param images how many it learnt from
 * @param classes their names
 * @param progress how far it is
 * @param scores what it scores on the test images now; none if it was interrupted
 * @param best the best measurement of all; chosen on the test images
 * @param weights what was trained and what was not
 * @param seconds wall-clock time of the training, measurements included
 * @param interrupted whether somebody stopped it
 */
public record ClassifierOutcome(
    Protocol protocol,
    RunFolder folder,
    RunConfig config,
    String origin,
    int images,
    List<String> classes,
    Progress progress,
    Optional<Scores> scores,
    Optional<ScoresFile.Line> best,
    Weights weights,
    double seconds,
    boolean interrupted) {

  /**
   * What was trained and what was not.
   *
   * @param trained how many numbers were trained
   * @param frozen how many of the encoder's were not
   * @param before SHA-256 of these before the training
   * @param after SHA-256 of these after it
   */
  public record Weights(long trained, long frozen, String before, String after) {}

  /** This as a tree, for JSON. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("run", folder.path().toString());
    tree.put("checkpoint", folder.checkpoint().toString());
    tree.put("best_checkpoint", folder.best().toString());
    tree.put("evaluation", protocol.id());
    tree.put("protocol", protocol.description());
    tree.put("pretrained", origin);
    tree.put("engine", config.backend().engine().orElse(""));
    tree.put("train_images", images);
    scores.ifPresent(now -> tree.put("test_images", now.images()));
    tree.put("epochs", progress.epoch());
    tree.put("steps", progress.step());
    scores.ifPresent(
        now -> {
          tree.put("top1", now.top1());
          tree.put("top5", now.top5());
          tree.put("loss", now.loss());
        });
    best.ifPresent(
        line -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("epoch", line.epoch());
          entry.put("top1", line.top1());
          entry.put("top5", line.top5());
          entry.put("loss", line.loss());
          tree.put("best", entry);
        });
    tree.put("trained_parameters", weights.trained());
    Map<String, Object> frozen = new LinkedHashMap<>();
    frozen.put("parameters", weights.frozen());
    frozen.put("sha256_before", weights.before());
    frozen.put("sha256_after", weights.after());
    tree.put("frozen", frozen);
    tree.put("train_seconds", Math.round(seconds * 10) / 10.0);
    tree.put("interrupted", interrupted);
    scores.ifPresent(
        now -> {
          tree.put("classes", classes);
          tree.put("confusion", now.confusion());
        });
    tree.put("config", ConfigYaml.tree(config, protocol.runKeys()));
    return tree;
  }

  /** This for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int test = scores.map(Scores::images).orElse(0);
    text.append(
        String.format(
            Locale.ROOT,
            "%s of %s (%s), %,d training and %,d test images, %d classes.%n%n",
            protocol.label(config),
            origin,
            protocol.description(),
            images,
            test,
            classes.size()));
    text.append(
        String.format(
            Locale.ROOT, "%-6s %7s %7s %8s %7s%n", "", "top-1", "top-5", "loss", "epoch"));
    scores.ifPresent(
        now -> text.append(row("last", now.top1(), now.top5(), now.loss(), progress.epoch())));
    best.ifPresent(
        line -> text.append(row("best", line.top1(), line.top5(), line.loss(), line.epoch())));
    text.append(
        String.format(
            Locale.ROOT,
            "%n  trained     %,d parameters in %s%n",
            weights.trained(),
            Durations.clock(seconds)));
    if (weights.frozen() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  frozen      %,d parameters, SHA-256 %s… before = %s… after%n",
              weights.frozen(),
              weights.before().substring(0, 12),
              weights.after().substring(0, 12)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  confusion   %s%n  checkpoint  %s%n  best        %s (chosen on the test images)",
            folder.confusion(),
            folder.checkpoint(),
            folder.best()));
    return text.toString();
  }

  private static String row(String name, double top1, double top5, double loss, int epoch) {
    return String.format(
        Locale.ROOT, "%-6s %7.2f %7.2f %8.4f %7d%n", name, top1, top5, loss, epoch);
  }
}
