package io.mae4j.core.checkpoint.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of Hugging Face's {@code ViTMAEForPreTraining} for the official ones. Where the
 * official model has one matrix for query, key and value, Hugging Face has three.
 */
final class HuggingFaceNames {
  /** The three parts of an official {@code attn.qkv}, in its order. */
  static final List<String> QKV = List.of("query", "key", "value");

  private static final String ATTENTION = "attention.attention.";
  private static final Map<String, String> LAYERS = new LinkedHashMap<>();
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  /** Version 5 of transformers writes the decoder's layers under another name than those before. */
  private static final Pattern LAYER =
      Pattern.compile(
          "(encoder\\.layer|decoder\\.decoder_layers|decoder\\.decoder_encoder\\.layer)\\.(\\d+)\\.(.+)\\.(weight|bias)");

  static {
    LAYERS.put("layernorm_before", "norm1");
    LAYERS.put("attention.output.dense", "attn.proj");
    LAYERS.put("layernorm_after", "norm2");
    LAYERS.put("intermediate.dense", "mlp.fc1");
    LAYERS.put("output.dense", "mlp.fc2");
    OTHERS.put("embeddings.cls_token", "cls_token");
    OTHERS.put("embeddings.position_embeddings", "pos_embed");
    OTHERS.put("embeddings.patch_embeddings.projection.weight", "patch_embed.proj.weight");
    OTHERS.put("embeddings.patch_embeddings.projection.bias", "patch_embed.proj.bias");
    OTHERS.put("layernorm.weight", "norm.weight");
    OTHERS.put("layernorm.bias", "norm.bias");
    OTHERS.put("decoder.mask_token", "mask_token");
    for (String name :
        List.of(
            "decoder_pos_embed",
            "decoder_embed.weight",
            "decoder_embed.bias",
            "decoder_norm.weight",
            "decoder_norm.bias",
            "decoder_pred.weight",
            "decoder_pred.bias")) {
      OTHERS.put("decoder." + name, name);
    }
  }

  private HuggingFaceNames() {}

  /**
   * A tensor's place in the official model.
   *
   * @param name its official name
   * @param part which third of it: 0, 1 or 2 of a {@code qkv}; -1 for a whole tensor
   */
  record Place(String name, int part) {}

  /** The place of a tensor; empty if the name is none of theirs. */
  static Optional<Place> official(String name) {
    String inner = name.startsWith("vit.") ? name.substring("vit.".length()) : name;
    String other = OTHERS.get(inner);
    if (other != null) {
      return Optional.of(new Place(other, -1));
    }
    Matcher layer = LAYER.matcher(inner);
    if (!layer.matches()) {
      return Optional.empty();
    }
    String block =
        (layer.group(1).startsWith("decoder") ? "decoder_blocks." : "blocks.") + layer.group(2);
    String kind = layer.group(4);
    String part = layer.group(3);
    if (part.startsWith(ATTENTION) && QKV.contains(part.substring(ATTENTION.length()))) {
      return Optional.of(
          new Place(block + ".attn.qkv." + kind, QKV.indexOf(part.substring(ATTENTION.length()))));
    }
    return Optional.ofNullable(LAYERS.get(part))
        .map(own -> new Place(block + "." + own + "." + kind, -1));
  }

  /** The names of an official tensor: three for a {@code qkv}, one otherwise. */
  static List<String> theirs(String official) {
    for (Map.Entry<String, String> entry : OTHERS.entrySet()) {
      if (entry.getValue().equals(official)) {
        String name = entry.getKey();
        return List.of(name.startsWith("decoder.") ? name : "vit." + name);
      }
    }
    boolean decoder = official.startsWith("decoder_blocks.");
    String[] parts = official.split("\\.", 3);
    String layer = (decoder ? "decoder.decoder_layers." : "vit.encoder.layer.") + parts[1] + ".";
    String kind = official.substring(official.lastIndexOf('.'));
    String own = parts[2].substring(0, parts[2].length() - kind.length());
    if (own.equals("attn.qkv")) {
      return QKV.stream().map(part -> layer + ATTENTION + part + kind).toList();
    }
    return LAYERS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(own))
        .map(entry -> layer + entry.getKey() + kind)
        .toList();
  }
}
