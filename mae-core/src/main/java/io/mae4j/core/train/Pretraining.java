package io.mae4j.core.train;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.Batch;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Pre-training of a masked autoencoder (He et al. 2021): what is made small, by which optimizer,
 * and the masks that a batch gets. The training itself is a {@link TrainingRun}.
 *
 * @param model what is trained
 * @param recipe how
 * @param parts that a batch is computed in
 */
public record Pretraining(MaskedAutoencoder model, Recipe recipe, BatchParts parts)
    implements Objective {

  /** Batches as a whole. */
  public Pretraining(MaskedAutoencoder model, Recipe recipe) {
    this(model, recipe, BatchParts.WHOLE);
  }

  /** Starts a run from first values drawn by the recipe's seed. */
  public static TrainingRun start(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Backend backend,
      CompileOptions options) {
    return resume(model, recipe, masking, backend, options, first(model, recipe));
  }

  /** Where a run begins: values drawn by the recipe's seed. */
  public static Checkpoint first(MaskedAutoencoder model, Recipe recipe) {
    Map<String, Array> values = model.initialize(new Randomness(recipe.seed()));
    return new Checkpoint(values, Map.of(), Map.of(), Progress.start(), Map.of());
  }

  /**
   * Goes on from a checkpoint.
   *
   * @throws MaeException of kind DATA if a parameter or moment is missing or has another shape
   */
  public static TrainingRun resume(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Backend backend,
      CompileOptions options,
      Checkpoint checkpoint) {
    long parameters = ParameterSpec.sizeOf(model.parameters());
    BatchParts parts =
        BatchParts.of(backend.parallelParts(), recipe.schedule().batchSize(), parameters);
    Pretraining pretraining = new Pretraining(model, recipe, parts);
    return TrainingRun.of(
        pretraining.program(),
        pretraining,
        recipe.optimizer(),
        recipe.schedule(),
        pretraining.preparation(masking),
        checkpoint,
        backend,
        options);
  }

  /** What a step runs. */
  public Program program() {
    return TrainingProgram.of("pretrain", this, recipe.optimizer(), recipe.schedule().accumIter());
  }

  @Override
  public List<ParameterSpec> parameters() {
    return model.parameters();
  }

  @Override
  public Tensor loss(GraphBuilder graph) {
    int visible = model.image().grid().visible(recipe.maskRatio());
    int batch = recipe.schedule().batchSize() / parts.count();
    return parts.mean(graph, () -> model.loss(graph, model.forward(graph, batch, visible).pred()));
  }

  /** Makes the inputs of a step of a batch: draws masks by the recipe's seed and cuts patches. */
  public Function<Batch, Map<String, Array>> preparation(MaskingStrategy masking) {
    Randomness randomness = new Randomness(recipe.seed());
    return batch -> prepare(batch, masking, randomness);
  }

  private Map<String, Array> prepare(Batch batch, MaskingStrategy masking, Randomness randomness) {
    PatchGrid grid = model.image().grid();
    int visible = grid.visible(recipe.maskRatio());
    List<Mask> masks = new ArrayList<>();
    for (int index : batch.indices()) {
      Mask mask =
          masking.draw(grid, recipe.maskRatio(), randomness.draws("mask", batch.epoch(), index));
      if (mask.patches() != grid.patches() || mask.visible().length != visible) {
        throw MaeException.plugin(
            "the masking strategy "
                + masking.getClass().getName()
                + " left "
                + mask.visible().length
                + " of "
                + mask.patches()
                + " patches visible, it must leave "
                + visible
                + " of "
                + grid.patches());
      }
      masks.add(mask);
    }
    return parts.cut(new PatchCutter(model.image()).cut(batch, masks));
  }
}
