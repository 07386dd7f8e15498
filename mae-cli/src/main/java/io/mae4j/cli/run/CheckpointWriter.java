package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.checkpoint.CheckpointFile;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Writes where a training stands, into whichever of its files.
 *
 * @param state copies where it stands
 */
record CheckpointWriter(Supplier<Checkpoint> state) {

  /**
   * Writes a file.
   *
   * @throws MaeException of kind USER if a value is no number; then nothing is written
   */
  void write(Path file) {
    Checkpoint now = state.get();
    try {
      CheckpointFile.write(file, now);
    } catch (MaeException e) {
      if (e.kind() != ErrorKind.DATA) {
        throw e;
      }
      throw new MaeException(
          ErrorKind.USER,
          "after step "
              + now.progress().step()
              + " the weights are no longer numbers ("
              + e.getMessage()
              + "); nothing was saved; take a lower learning rate or a longer warm-up",
          e);
    }
  }
}
