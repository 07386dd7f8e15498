package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what {@code timm.create_model("local-dir:FOLDER")} reads. */
final class TimmFolder {
  /** Any size fits: the arguments say the rest. */
  private static final String KIND = "vit_base_patch16_224";

  private TimmFolder() {}

  static void write(
      Path source, Path folder, Architecture architecture, Map<String, Array> values) {
    ImageSpec image = architecture.image();
    VitConfig encoder = architecture.encoder();
    if (encoder.normEps() != VitConfig.PUBLISHED_NORM_EPS) {
      throw MaeException.data(
          source
              + " has layer norm eps "
              + encoder.normEps()
              + "; timm's vision transformer has 1e-6 and no setting for it");
    }
    Map<String, Array> tensors = new LinkedHashMap<>(values);
    Architecture alone =
        new Architecture(image, encoder, Optional.empty(), architecture.normPixLoss());
    tensors
        .keySet()
        .retainAll(alone.parameters().stream().map(parameter -> parameter.name()).toList());
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("img_size", List.of(image.height(), image.width()));
    arguments.put("patch_size", image.patch());
    arguments.put("in_chans", image.channels());
    arguments.put("embed_dim", encoder.width());
    arguments.put("depth", encoder.depth());
    arguments.put("num_heads", encoder.heads());
    arguments.put("mlp_ratio", encoder.mlpRatio());
    Map<String, Object> pretrained = new LinkedHashMap<>();
    pretrained.put("input_size", List.of(image.channels(), image.height(), image.width()));
    pretrained.put("num_classes", 0);
    pretrained.put("first_conv", "patch_embed.proj");
    pretrained.put("classifier", "head");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architecture", KIND);
    config.put("num_classes", 0);
    config.put("num_features", encoder.width());
    config.put("global_pool", "token");
    config.put("model_args", arguments);
    config.put("pretrained_cfg", pretrained);
    ModelFolder.write(folder, tensors, config);
  }
}
