package io.mae4j.cli.run;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.config.ModelConfig;
import io.mae4j.core.checkpoint.format.Architecture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The numbers of a model from elsewhere as settings, and back. */
final class ArchitectureConfig {
  private ArchitectureConfig() {}

  /**
   * Settings by key, as a checkpoint keeps them.
   *
   * @param path the model's file, for messages
   */
  static Map<String, Object> tree(Path path, Architecture architecture) {
    ImageSpec image = architecture.image();
    VitConfig encoder = architecture.encoder();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("encoder-width", encoder.width());
    tree.put("encoder-depth", encoder.depth());
    tree.put("encoder-heads", encoder.heads());
    architecture
        .decoder()
        .ifPresent(
            decoder -> {
              if (decoder.mlpRatio() != encoder.mlpRatio()) {
                throw MaeException.data(
                    path
                        + " has MLPs of another ratio in the decoder ("
                        + decoder.mlpRatio()
                        + ") than in the encoder ("
                        + encoder.mlpRatio()
                        + "), which no setting expresses");
              }
              tree.put("decoder-width", decoder.width());
              tree.put("decoder-depth", decoder.depth());
              tree.put("decoder-heads", decoder.heads());
            });
    tree.put("mlp-ratio", encoder.mlpRatio());
    tree.put("norm-eps", encoder.normEps());
    tree.put("input-size", new ImageSize(image.height(), image.width()).toString());
    tree.put("patch-size", image.patch());
    tree.put("in-chans", image.channels());
    tree.put("norm-pix-loss", architecture.normPixLoss());
    return tree;
  }

  /**
   * The numbers of settings.
   *
   * @param image the model's images
   * @param hasDecoder whether there is a decoder
   */
  static Architecture of(ModelConfig config, ImageSpec image, boolean hasDecoder) {
    return new Architecture(
        image,
        config.encoderBlocks(),
        hasDecoder ? Optional.of(config.decoderBlocks()) : Optional.empty(),
        config.normPixLoss());
  }
}
