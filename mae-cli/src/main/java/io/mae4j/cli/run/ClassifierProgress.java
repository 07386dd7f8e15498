package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.BatchSource;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.StatusLine;
import io.mae4j.cli.progress.ProgressReporter;
import io.mae4j.cli.progress.ScoresFile;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.eval.classify.ClassifierTraining;
import io.mae4j.eval.classify.Scores;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures a classifier at the end of epochs, and keeps its best state. */
final class ClassifierProgress {
  private final ClassifierTraining training;
  private final BatchSource test;
  private final int images;
  private final RunConfig config;
  private final RunFolder folder;
  private final ScoresFile file;
  private final CheckpointWriter writer;
  private final Console console;
  private double best;
  private long measuredAt = -1;
  private @Nullable Scores scores;
  private double lossSum;
  private int steps;

  ClassifierProgress(
      ClassifierTraining training,
      BatchSource test,
      int images,
      RunConfig config,
      RunFolder folder,
      ScoresFile file,
      CheckpointWriter writer,
      Console console) {
    this.training = training;
    this.test = test;
    this.images = images;
    this.config = config;
    this.folder = folder;
    this.file = file;
    this.writer = writer;
    this.console = console;
    this.best =
        ScoresFile.best(ScoresFile.read(folder.scores())).map(ScoresFile.Line::top1).orElse(-1.0);
  }

  /** What hears of the training; closes its progress line before it says something itself. */
  TrainingListener listener(ProgressReporter progress) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        lossSum += report.loss();
        steps++;
      }

      @Override
      public void onEpoch(Progress now) {
        if (now.epoch() % config.classifier().evalEvery() == 0
            || now.epoch() == config.recipe().epochs()) {
          progress.close();
          measure(now);
        }
      }
    };
  }

  /** What it scores now; measured only if that is not known. */
  Scores last() {
    Progress now = training.run().progress();
    return scores != null && measuredAt == now.step() ? scores : measure(now);
  }

  private Scores measure(Progress now) {
    Scores found;
    try (StatusLine status = new StatusLine(console, System::nanoTime)) {
      found =
          training.evaluate(
              test,
              done ->
                  status.show(
                      false,
                      () -> String.format(Locale.ROOT, "scored %,d of %,d images", done, images)));
    }
    boolean better = found.top1() > best;
    if (better) {
      writer.write(folder.best());
      best = found.top1();
    }
    if (ScoresFile.read(folder.scores()).stream().noneMatch(line -> line.step() == now.step())) {
      file.write(now.step(), now.epoch(), found);
    }
    console.note(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  training loss %.4f  test: top-1 %.2f  top-5 %.2f  loss %.4f%s",
            now.epoch(),
            config.recipe().epochs(),
            steps == 0 ? Double.NaN : lossSum / steps,
            found.top1(),
            found.top5(),
            found.loss(),
            better ? "  best so far" : ""));
    lossSum = 0;
    steps = 0;
    measuredAt = now.step();
    scores = found;
    return found;
  }
}
