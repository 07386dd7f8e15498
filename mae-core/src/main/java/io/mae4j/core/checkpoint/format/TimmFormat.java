package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders of timm: the official names of an encoder, and a config.json with an architecture. */
final class TimmFormat implements ModelFormat {
  private final OfficialFormat names = new OfficialFormat();

  @Override
  public String name() {
    return "timm";
  }

  @Override
  public boolean fits(RawModel raw) {
    return raw.text("architecture").isPresent() && names.fits(raw);
  }

  @Override
  public Map<String, Array> official(RawModel raw) {
    return names.official(raw);
  }

  @Override
  public ModelHints hints(RawModel raw) {
    Map<?, ?> arguments = raw.facts().get("model_args") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> pretrained =
        raw.facts().get("pretrained_cfg") instanceof Map<?, ?> map ? map : Map.of();
    Optional<Integer> heads =
        arguments.get("num_heads") instanceof Integer number
            ? Optional.of(number)
            : raw.text("architecture").flatMap(PublishedHeads::ofName);
    return ModelHints.heads(heads, Optional.empty())
        .orImage(
            Extents.of(arguments.get("img_size"))
                .or(
                    () ->
                        pretrained.get("input_size") instanceof List<?> size && size.size() == 3
                            ? Extents.of(size.subList(1, 3))
                            : Optional.empty()));
  }
}
