package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.checkpoint.FiniteValues;
import io.mae4j.core.checkpoint.format.ModelFiles;
import io.mae4j.core.checkpoint.format.ModelHints;
import io.mae4j.core.checkpoint.format.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds checkpoints where people point to, ours and those of others. */
public final class Checkpoints {
  private static final String DECODER = "decoder";

  private Checkpoints() {}

  /**
   * Reads a checkpoint of a run's folder or a file, or the model of another library.
   *
   * @param hints what is known of a model that does not say everything
   * @param wantsOptimizer whether the optimizer's state of another library is read too
   * @param notes takes what people should know, a sentence each
   * @throws MaeException of kind DATA if there is none, or it is damaged
   */
  public static Checkpoint read(
      Path path, ModelHints hints, boolean wantsOptimizer, Consumer<String> notes) {
    Path file = file(path);
    if (!Files.exists(file)) {
      throw MaeException.data(
          path
              + " does not exist; give a run's folder, a checkpoint, or a model of another library");
    }
    if (!Files.isDirectory(file) && CheckpointFile.recognises(file)) {
      Checkpoint own = CheckpointFile.read(file);
      FiniteValues.require(file, own.model());
      agree(file, own, "encoder-heads", hints.heads());
      agree(file, own, "decoder-heads", hints.decoderHeads());
      return own;
    }
    StoredModel stored = ModelFiles.read(file, hints, wantsOptimizer);
    stored.notes().forEach(notes);
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("mae4j", Version.current());
    provenance.put("read_from", stored.format());
    return new Checkpoint(
        stored.values(),
        stored.optimizer(),
        ArchitectureConfig.tree(path, stored.architecture()),
        stored.progress(),
        provenance);
  }

  /** The checkpoint of a run's folder; any other path as it is. */
  static Path file(Path path) {
    Path run = new RunFolder(path).checkpoint();
    return Files.isDirectory(path) && Files.exists(run) ? run : path;
  }

  private static void agree(Path file, Checkpoint own, String key, Optional<Integer> asked) {
    String said = String.valueOf(own.config().get(key));
    if (asked.isPresent() && !said.equals(asked.get().toString())) {
      throw MaeException.user(file + " has " + key + " " + said + ", not " + asked.get());
    }
  }

  /** Whether a checkpoint holds a decoder. */
  public static boolean hasDecoder(Checkpoint checkpoint) {
    return checkpoint.model().keySet().stream().anyMatch(name -> name.startsWith(DECODER));
  }

  /**
   * Refuses a checkpoint of an encoder alone.
   *
   * @param path where it is, for the message
   * @param purpose what needs a decoder, for example {@code reconstruct}
   * @throws MaeException of kind DATA if it has no decoder
   */
  public static void requireDecoder(Path path, Checkpoint checkpoint, String purpose) {
    if (!hasDecoder(checkpoint)) {
      throw MaeException.data(
          path
              + " holds an encoder only, no tensor 'decoder_…'; "
              + purpose
              + " needs the decoder too: take the full checkpoint of the pre-training");
    }
  }

  /** The folder of a checkpoint, given a folder or a file in it. */
  public static RunFolder folder(Path path) {
    return RunFolder.existing(path);
  }
}
