package io.mae4j.cli.command;

import io.mae4j.cli.progress.Durations;
import io.mae4j.cli.run.Pretrainer;
import io.mae4j.cli.run.RunFolder;
import java.util.Locale;

/** A finished run in words. */
final class OutcomeText {
  private OutcomeText() {}

  static String of(Pretrainer.Outcome outcome) {
    RunFolder folder = outcome.folder();
    return String.format(
        Locale.ROOT,
        "%nTrained to step %,d in %s, loss %.4f (mean of the last epoch).%n%n  report    %s%n  pictures  %s%n  encoder   %s%n%nMeasure what it learnt: mae evaluate knn %s",
        outcome.checkpoint().progress().step(),
        Durations.clock(outcome.seconds()),
        outcome.loss(),
        folder.report(),
        folder.reconstructions(),
        folder.checkpoint(),
        folder.path());
  }
}
