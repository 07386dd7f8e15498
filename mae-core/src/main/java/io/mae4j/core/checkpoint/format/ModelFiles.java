package io.mae4j.core.checkpoint.format;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.FiniteValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the models of others. */
public final class ModelFiles {
  private static final List<ModelFormat> FORMATS =
      List.of(new HuggingFaceFormat(), new TimmFormat(), new OfficialFormat());

  private ModelFiles() {}

  /**
   * Reads what is in a file, whether a model can be made of it or not.
   *
   * @param path a file of {@code torch.save}, a safetensors file, or a folder of transformers or
   *     timm
   * @throws MaeException of kind DATA if the file is damaged, hostile or of another kind
   */
  public static StoredTensors tensors(Path path) {
    RawModel raw = RawModels.read(path, false);
    return new StoredTensors(raw.container(), raw.tensors(), raw.facts());
  }

  /**
   * Reads a model.
   *
   * @param path a file of {@code torch.save}, a safetensors file, or a folder of transformers or
   *     timm
   * @param asked what is known of it besides
   * @param wantsOptimizer whether the optimizer's state is read too
   * @throws MaeException of kind DATA if the file is damaged, hostile or not a model, naming the
   *     file and the tensor; of kind USER if something has to be asked for that it does not say
   */
  public static StoredModel read(Path path, ModelHints asked, boolean wantsOptimizer) {
    RawModel raw = RawModels.read(path, wantsOptimizer);
    ModelFormat format =
        FORMATS.stream()
            .filter(candidate -> candidate.fits(raw))
            .findFirst()
            .orElseThrow(
                () ->
                    MaeException.data(
                        raw.path()
                            + " holds no vision transformer: neither 'patch_embed.proj.weight' nor 'vit.embeddings.…'"));
    Map<String, Array> official = format.official(raw);
    ArchitectureReader reader =
        new ArchitectureReader(
            raw.path(), official, format.hints(raw).and(raw.path().toString(), asked));
    Architecture architecture = reader.read();
    Map<String, Array> values =
        TensorCheck.complete(raw.path(), official, architecture.parameters());
    List<String> notes = new ArrayList<>(reader.notes());
    Set<String> dropped = new LinkedHashSet<>(raw.tensors().keySet());
    dropped.removeIf(name -> !name.startsWith("head."));
    if (!dropped.isEmpty()) {
      notes.add(raw.path() + ": its classifier is left out: " + String.join(", ", dropped) + ".");
    }
    Map<String, Array> optimizer =
        raw.optimizer()
            .map(state -> OptimizerNames.named(state, architecture.parameters()))
            .orElse(Map.of());
    FiniteValues.require(raw.path(), optimizer);
    Progress progress =
        raw.optimizer()
            .map(state -> new Progress(state.epochs(), 0, state.step()))
            .orElse(Progress.start());
    return new StoredModel(
        format.name() + ", " + raw.container(), architecture, values, optimizer, progress, notes);
  }
}
