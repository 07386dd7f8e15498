package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of the official code, pre-trained ones with or without decoder and fine-tuned ones, and of
 * timm, whose encoder has the same names. A classifier on top is left out.
 */
final class OfficialFormat implements ModelFormat {
  private static final String CLASSIFIER = "head.";
  private static final int PUBLISHED_DECODER_HEADS = 16;

  @Override
  public String name() {
    return "official";
  }

  @Override
  public boolean fits(RawModel raw) {
    return raw.tensors().containsKey("patch_embed.proj.weight");
  }

  @Override
  public Map<String, Array> official(RawModel raw) {
    Map<String, Array> tensors = new LinkedHashMap<>(raw.tensors());
    tensors.keySet().removeIf(name -> name.startsWith(CLASSIFIER));
    return tensors;
  }

  @Override
  public ModelHints hints(RawModel raw) {
    String model = raw.text("model").orElse("");
    boolean published = model.startsWith("mae_vit_") && PublishedHeads.ofName(model).isPresent();
    return new ModelHints(
            raw.number("num_heads").or(() -> PublishedHeads.ofName(model)),
            raw.number("decoder_num_heads")
                .or(() -> published ? Optional.of(PUBLISHED_DECODER_HEADS) : Optional.empty()),
            List.of(),
            raw.flag("norm_pix_loss"),
            raw.facts().get("norm_eps") instanceof Double eps ? Optional.of(eps) : Optional.empty())
        .orImage(raw.number("input_size").map(side -> new ModelHints.Extent(side, side)))
        .orImage(
            raw.number("input_height")
                .flatMap(
                    height ->
                        raw.number("input_width")
                            .map(width -> new ModelHints.Extent(height, width))));
  }
}
