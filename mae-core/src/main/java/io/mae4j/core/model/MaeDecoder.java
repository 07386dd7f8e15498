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
    specs.add(Blocks.parameter(MASK_TOKEN, Initializers.normal(0.02), 1, 1, width));
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

  @Override
  public Tensor decodeWithoutMaskTokens(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Tensor maskedIds, int wanted) {
    Tensor embedded =
        graph.scope(
            "decoder_embed",
            () -> embedAll(graph, latent, positions(graph), List.of(visibleIds, maskedIds)));
    return decodeTail(graph, embedded, wanted);
  }

  private Tensor decodeTail(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds, int tail) {
    Tensor embedded =
        graph.scope("decoder_embed", () -> embed(graph, latent, visibleIds, maskedIds));
    return decodeTail(graph, embedded, tail);
  }

  private Tensor decodeTail(GraphBuilder graph, Tensor embedded, int tail) {
    Tensor wanted = blocks().traceTail(graph, embedded, tail);
    return graph.scope("decoder_pred", () -> predict(graph, wanted));
  }

  private Tensor embed(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds) {
    List<Tensor> positions = positions(graph);
    Tensor visible = embedAll(graph, latent, positions, List.of(visibleIds));
    if (maskedIds.isEmpty()) {
      return visible;
    }
    Tensor hidden =
        graph.add(
            graph.gatherTokens(positions.get(1), maskedIds.get()),
            graph.state(MASK_TOKEN, Shape.of(1, 1, config.width())));
    return graph.concat(1, visible, hidden);
  }

  /** Embeds the encoder's tokens: the class token, then those of the patches at these places. */
  private Tensor embedAll(
      GraphBuilder graph, Tensor latent, List<Tensor> positions, List<Tensor> ids) {
    int width = config.width();
    Tensor known = Blocks.linear(graph, "decoder_embed", latent, width);
    List<Tensor> gathered = new ArrayList<>();
    gathered.add(graph.broadcast(positions.get(0), Shape.of(latent.dim(0), 1, width)));
    ids.forEach(places -> gathered.add(graph.gatherTokens(positions.get(1), places)));
    return graph.add(known, graph.concat(1, gathered.toArray(Tensor[]::new)));
  }

  /** The positions of the class token [1, 1, D] and of the patches [1, N, D]. */
  private List<Tensor> positions(GraphBuilder graph) {
    int count = image.grid().patches();
    Tensor table = graph.state("decoder_pos_embed", Shape.of(1, 1 + count, config.width()));
    return graph.split(table, 1, 1, count);
  }

  private Tensor predict(GraphBuilder graph, Tensor tokens) {
    return Blocks.linear(
        graph,
        "decoder_pred",
        Blocks.norm(graph, "decoder_norm", tokens, config.normEps()),
        image.patchValues());
  }
}
