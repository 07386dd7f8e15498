package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.checkpoint.CheckpointFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds checkpoints where people point to. */
public final class Checkpoints {
  private Checkpoints() {}

  /** The checkpoint of a run's folder, or of a file. */
  public static Checkpoint read(Path path) {
    return CheckpointFile.read(locate(path));
  }

  /** The file of a checkpoint, given a run's folder or the file itself. */
  public static Path locate(Path path) {
    if (!Files.exists(path)) {
      throw MaeException.user(path + " does not exist; give a run's folder or a checkpoint");
    }
    if (!Files.isDirectory(path)) {
      return path;
    }
    Path file = new RunFolder(path).checkpoint();
    if (!Files.exists(file)) {
      throw MaeException.user(
          path + " holds no " + file.getFileName() + "; is it the folder of a run that saved one?");
    }
    return file;
  }
}
