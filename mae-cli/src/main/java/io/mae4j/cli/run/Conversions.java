package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.checkpoint.format.Architecture;
import io.mae4j.core.checkpoint.format.ExportFormat;
import io.mae4j.core.checkpoint.format.ModelHints;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes models in the forms of other libraries, and theirs in ours. */
public final class Conversions {
  private Conversions() {}

  /** The forms. */
  public enum Form {
    /** The official code's. */
    OFFICIAL,
    /** A folder of transformers. */
    HUGGINGFACE,
    /** A folder of timm. */
    TIMM,
    /** Our own. */
    MAE
  }

  /**
   * Converts a model. Nothing is written unless all of it could be read.
   *
   * @param hints what the model does not say of itself
   * @return a summary
   */
  public static Map<String, Object> run(
      Path in, Path out, Form form, ModelHints hints, Console console) {
    Checkpoint checkpoint = Checkpoints.read(in, hints, form == Form.MAE, console::note);
    if (out.toAbsolutePath().normalize().equals(in.toAbsolutePath().normalize())) {
      throw MaeException.user("IN and OUT are the same: " + in);
    }
    switch (form) {
      case MAE -> CheckpointFile.write(out, checkpoint);
      case OFFICIAL -> export(ExportFormat.OFFICIAL, in, out, checkpoint);
      case HUGGINGFACE -> export(ExportFormat.HUGGINGFACE, in, out, checkpoint);
      case TIMM -> export(ExportFormat.TIMM, in, out, checkpoint);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("written", out.toString());
    tree.put("form", form.name().toLowerCase(Locale.ROOT));
    tree.put("tensors", checkpoint.model().size());
    tree.put("optimizer_state", form == Form.MAE && !checkpoint.optimizer().isEmpty());
    return tree;
  }

  private static void export(ExportFormat format, Path in, Path out, Checkpoint checkpoint) {
    RunConfig config = new ConfigLoader().tree(in.toString(), checkpoint.config()).load();
    ImageSpec image = Models.image(config.model());
    boolean encoderMaskTokens = config.model().encoderMaskTokens();
    if (encoderMaskTokens && format != ExportFormat.TIMM) {
      throw MaeException.data(
          in
              + " was trained with "
              + Encoder.MASK_TOKENS
              + ", and no other library has a decoder for that; take --to timm, which writes the encoder alone");
    }
    Architecture architecture =
        ArchitectureConfig.of(
            config.model(), image, Checkpoints.hasDecoder(checkpoint) && !encoderMaskTokens);
    Map<String, Array> values = new LinkedHashMap<>(checkpoint.model());
    if (encoderMaskTokens) {
      values
          .keySet()
          .retainAll(architecture.parameters().stream().map(ParameterSpec::name).toList());
    }
    format.write(in, out, architecture, values);
  }
}
