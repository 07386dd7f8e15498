package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what {@code transformers.ViTMAEForPreTraining.from_pretrained} reads. */
final class HuggingFaceFolder {
  private static final double PUBLISHED_RATIO = 0.75;

  private HuggingFaceFolder() {}

  static void write(
      Path source, Path folder, Architecture architecture, Map<String, Array> values) {
    VitConfig decoder =
        architecture
            .decoder()
            .orElseThrow(
                () ->
                    MaeException.data(
                        source
                            + " holds an encoder only; Hugging Face's ViTMAEForPreTraining has a decoder too, take --to timm"));
    if (decoder.normEps() != architecture.encoder().normEps()) {
      throw MaeException.data(
          source
              + " has layer norm eps "
              + architecture.encoder().normEps()
              + " in its encoder and "
              + decoder.normEps()
              + " in its decoder; Hugging Face's ViTMAE has one for both");
    }
    Map<String, Array> tensors = new LinkedHashMap<>();
    values.forEach(
        (name, array) -> {
          List<String> theirs = HuggingFaceNames.theirs(name);
          List<Array> parts = theirs.size() == 1 ? List.of(array) : Rows.part(array, theirs.size());
          for (int i = 0; i < theirs.size(); i++) {
            tensors.put(theirs.get(i), parts.get(i));
          }
        });
    ModelFolder.write(folder, tensors, config(architecture, decoder));
  }

  private static Map<String, Object> config(Architecture architecture, VitConfig decoder) {
    ImageSpec image = architecture.image();
    VitConfig encoder = architecture.encoder();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("ViTMAEForPreTraining"));
    config.put("model_type", "vit_mae");
    config.put("hidden_size", encoder.width());
    config.put("num_hidden_layers", encoder.depth());
    config.put("num_attention_heads", encoder.heads());
    config.put("intermediate_size", encoder.hidden());
    config.put("hidden_act", "gelu");
    config.put("hidden_dropout_prob", 0.0);
    config.put("attention_probs_dropout_prob", 0.0);
    config.put("initializer_range", 0.02);
    config.put("layer_norm_eps", encoder.normEps());
    config.put("image_size", Extents.write(image));
    config.put("patch_size", image.patch());
    config.put("num_channels", image.channels());
    config.put("qkv_bias", true);
    config.put("decoder_hidden_size", decoder.width());
    config.put("decoder_num_hidden_layers", decoder.depth());
    config.put("decoder_num_attention_heads", decoder.heads());
    config.put("decoder_intermediate_size", decoder.hidden());
    config.put("mask_ratio", PUBLISHED_RATIO);
    config.put("norm_pix_loss", architecture.normPixLoss());
    config.put("torch_dtype", "float32");
    return config;
  }
}
