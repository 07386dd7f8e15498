package io.mae4j.cli.run;

import io.mae4j.cli.console.Console;
import io.mae4j.data.batch.DamageListener;

/** Names the first damaged images and counts the others. */
final class DamageReport implements DamageListener {
  private static final int NAMED = 5;

  private final Console console;
  private int count;

  DamageReport(Console console) {
    this.console = console;
  }

  @Override
  public void damaged(String image, String reason) {
    count++;
    if (count <= NAMED) {
      console.note(
          "Left out a damaged image: " + (reason.contains(image) ? reason : image + ": " + reason));
    } else if (Integer.bitCount(count) == 1) {
      console.note("Left out " + count + " damaged images so far");
    }
  }
}
