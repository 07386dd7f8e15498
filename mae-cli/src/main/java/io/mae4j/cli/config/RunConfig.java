package io.mae4j.cli.config;

import io.mae4j.api.model.ImageSpec;
import java.util.Optional;

/**
 * Everything a run is told.
 *
 * @param model the network
 * @param data the images
 * @param masking what is hidden
 * @param recipe how it learns
 * @param classifier how it is measured with labels
 * @param backend where it computes
 * @param output what it leaves
 */
public record RunConfig(
    ModelConfig model,
    DataConfig data,
    MaskingConfig masking,
    RecipeConfig recipe,
    ClassifierConfig classifier,
    BackendConfig backend,
    OutputConfig output) {

  /**
   * This with everything spelt out that was left to the data and the machine, so that it can be
   * repeated elsewhere.
   *
   * @param image the images of the model
   * @param engine the engine's name
   */
  public RunConfig resolved(ImageSpec image, String engine) {
    BackendConfig chosen =
        new BackendConfig(
            Optional.of(engine),
            backend.device(),
            backend.threads(),
            backend.precision(),
            backend.checkpointActivations());
    return new RunConfig(
        model.resolved(image), data, masking, recipe.resolved(), classifier, chosen, output);
  }

  /** This with another number of epochs of rising learning rate. */
  public RunConfig withWarmup(double epochs) {
    return new RunConfig(
        model, data, masking, recipe.withWarmup(epochs), classifier, backend, output);
  }
}
