package io.mae4j.core.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decoder of the published model. Tokens stay in the order class, visible, hidden: attention
 * does not care about order and positions are gathered in it, so nothing has to be unshuffled. The
 * hidden patches to predict are the tail, and the last block computes them alone.
 *
 * @param image the images
 * @param latentWidth D of the encoder
 * @param config the decoder's blocks
 */
public record MaeDecoder(ImageSpec image, int latentWidth, VitConfig config) implements Decoder {

  private Blocks blocks() {
    return new Blocks("decoder_blocks", config);
  }

  @Override
  public List<ParameterSpec> parameters() {
    int width = config.width();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(Blocks.parameter("mask_token", Initializers.normal(0.02), 1, 1, width));
    specs.add(
        Blocks.positions("decoder_pos_embed", image.grid().rows(), image.grid().columns(), width));
    specs.addAll(Blocks.linear("decoder_embed", latentWidth, width));
    specs.addAll(blocks().parameters());
    specs.addAll(Blocks.norm("decoder_norm", width));
    specs.addAll(Blocks.linear("decoder_pred", width, image.patchValues()));
    return specs;
  }

  @Override
  public Tensor decode(GraphBuilder graph, Tensor latent, Tensor visibleIds, Tensor maskedIds) {
    return decodeTail(graph, latent, visibleIds, Optional.of(maskedIds), maskedIds.dim(1));
  }

  @Override
  public Tensor decodeAll(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds) {
    return decodeTail(graph, latent, visibleIds, maskedIds, image.grid().patches());
  }

  private Tensor decodeTail(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds, int tail) {
    Tensor embedded =
        graph.scope("decoder_embed", () -> embed(graph, latent, visibleIds, maskedIds));
    Tensor wanted = blocks().traceTail(graph, embedded, tail);
    return graph.scope("decoder_pred", () -> predict(graph, wanted));
  }

  private Tensor embed(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds) {
    int width = config.width();
    int count = image.grid().patches();
    Tensor known = Blocks.linear(graph, "decoder_embed", latent, width);
    List<Tensor> positions =
        graph.split(graph.state("decoder_pos_embed", Shape.of(1, 1 + count, width)), 1, 1, count);
    Tensor clsPosition = graph.broadcast(positions.get(0), Shape.of(latent.dim(0), 1, width));
    Tensor knownPositions =
        graph.concat(1, clsPosition, graph.gatherTokens(positions.get(1), visibleIds));
    Tensor visible = graph.add(known, knownPositions);
    if (maskedIds.isEmpty()) {
      return visible;
    }
    Tensor hidden =
        graph.add(
            graph.gatherTokens(positions.get(1), maskedIds.get()),
            graph.state("mask_token", Shape.of(1, 1, width)));
    return graph.concat(1, visible, hidden);
  }

  private Tensor predict(GraphBuilder graph, Tensor tokens) {
    return Blocks.linear(
        graph,
        "decoder_pred",
        Blocks.norm(graph, "decoder_norm", tokens, config.normEps()),
        image.patchValues());
  }
}
