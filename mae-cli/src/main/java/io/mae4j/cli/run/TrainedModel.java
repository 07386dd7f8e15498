package io.mae4j.cli.run;

import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.model.MaskedAutoencoder;
import java.util.Map;

/**
 * A model with its values.
 *
 * @param config what its run was told, with the image and patch size spelt out
 * @param model the model
 * @param values its parameters by name
 */
public record TrainedModel(RunConfig config, MaskedAutoencoder model, Map<String, Array> values) {

  /** The images it takes. */
  public ImageSpec image() {
    return model.image();
  }
}
