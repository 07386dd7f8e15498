package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders of Hugging Face's {@code ViTMAEForPreTraining} and {@code ViTMAEModel}. */
final class HuggingFaceFormat implements ModelFormat {

  @Override
  public String name() {
    return "huggingface";
  }

  @Override
  public boolean fits(RawModel raw) {
    return raw.tensors().keySet().stream()
        .anyMatch(name -> name.endsWith("embeddings.patch_embeddings.projection.weight"));
  }

  @Override
  public Map<String, Array> official(RawModel raw) {
    Map<String, Array> tensors = new LinkedHashMap<>();
    Map<String, Map<Integer, Array>> thirds = new LinkedHashMap<>();
    raw.tensors()
        .forEach(
            (name, array) -> {
              Optional<HuggingFaceNames.Place> place = HuggingFaceNames.official(name);
              if (place.isEmpty() || place.get().part() < 0) {
                tensors.put(place.map(HuggingFaceNames.Place::name).orElse(name), array);
              } else {
                thirds
                    .computeIfAbsent(place.get().name(), key -> new LinkedHashMap<>())
                    .put(place.get().part(), array);
              }
            });
    thirds.forEach((name, parts) -> tensors.put(name, join(raw, name, parts)));
    return tensors;
  }

  private static Array join(RawModel raw, String name, Map<Integer, Array> parts) {
    List<Array> ordered = new ArrayList<>();
    for (int part = 0; part < HuggingFaceNames.QKV.size(); part++) {
      Array array = parts.get(part);
      if (array == null) {
        throw MaeException.data(
            raw.path() + ": tensor '" + HuggingFaceNames.theirs(name).get(part) + "' is missing");
      }
      ordered.add(array);
    }
    return Rows.join(raw.path() + ": tensor '" + name + "'", ordered);
  }

  @Override
  public ModelHints hints(RawModel raw) {
    raw.text("hidden_act")
        .filter(activation -> !activation.equals("gelu"))
        .ifPresent(
            activation -> {
              throw MaeException.data(
                  raw.path()
                      + ": its config.json says hidden_act '"
                      + activation
                      + "'; the model has 'gelu'");
            });
    return new ModelHints(
        raw.number("num_attention_heads"),
        raw.number("decoder_num_attention_heads"),
        Extents.of(raw.facts().get("image_size")).stream().toList(),
        raw.flag("norm_pix_loss"),
        raw.facts().get("layer_norm_eps") instanceof Number eps
            ? Optional.of(eps.doubleValue())
            : Optional.empty());
  }
}
