package io.mae4j.core.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of the published model: a ViT (Dosovitskiy et al. 2021) that sees only the patches it
 * is given. Projection of the patches, fixed 2-D sin-cos positions, class token, pre-norm blocks,
 * final norm.
 *
 * @param image the images
 * @param config the blocks
 */
public record VitEncoder(ImageSpec image, VitConfig config) implements Encoder {

  @Override
  public int width() {
    return config.width();
  }

  private Blocks blocks() {
    return new Blocks("blocks", config);
  }

  @Override
  public List<ParameterSpec> parameters() {
    int width = config.width();
    int patch = image.patch();
    double convolutionBound = 1 / Math.sqrt(image.patchValues());
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(Blocks.parameter("cls_token", Initializers.normal(0.02), 1, 1, width));
    specs.add(Blocks.positions("pos_embed", image.grid().rows(), image.grid().columns(), width));
    specs.add(
        Blocks.parameter(
            "patch_embed.proj.weight",
            Initializers.xavier(width, image.patchValues()),
            width,
            image.channels(),
            patch,
            patch));
    specs.add(
        Blocks.parameter("patch_embed.proj.bias", Initializers.uniform(convolutionBound), width));
    specs.addAll(blocks().parameters());
    specs.addAll(Blocks.norm("norm", width));
    return specs;
  }

  @Override
  public Tensor encode(GraphBuilder graph, Tensor patches, Tensor ids) {
    return normed(graph, tokens(graph, patches, ids, Blocks.Branch.KEPT));
  }

  @Override
  public Tensor encodeWithMaskTokens(
      GraphBuilder graph, Tensor patches, Tensor visibleIds, Tensor maskedIds, Tensor maskToken) {
    Tensor embedded =
        graph.scope(
            "patch_embed",
            () -> {
              List<Tensor> positions = positions(graph);
              Tensor places = graph.gatherTokens(positions.get(1), maskedIds);
              return graph.concat(
                  1, embed(graph, patches, visibleIds, positions), graph.add(places, maskToken));
            });
    return normed(graph, blocks().trace(graph, embedded, Blocks.Branch.KEPT));
  }

  private Tensor normed(GraphBuilder graph, Tensor tokens) {
    return graph.scope("norm", () -> Blocks.norm(graph, "norm", tokens, config.normEps()));
  }

  /** Traces the tokens [B, 1 + Nv, D] before the final norm. */
  Tensor tokens(GraphBuilder graph, Tensor patches, Tensor ids, Blocks.Branch branch) {
    Tensor embedded =
        graph.scope("patch_embed", () -> embed(graph, patches, ids, positions(graph)));
    return blocks().trace(graph, embedded, branch);
  }

  private Tensor embed(GraphBuilder graph, Tensor patches, Tensor ids, List<Tensor> positions) {
    int width = config.width();
    int patch = image.patch();
    Tensor weight =
        graph.state("patch_embed.proj.weight", Shape.of(width, image.channels(), patch, patch));
    Tensor bias = graph.state("patch_embed.proj.bias", Shape.of(width));
    Tensor tokens =
        graph.linear(patches, graph.reshape(weight, Shape.of(width, image.patchValues())), bias);
    Tensor cls = graph.add(graph.state("cls_token", Shape.of(1, 1, width)), positions.get(0));
    return graph.concat(
        1,
        graph.broadcast(cls, Shape.of(patches.dim(0), 1, width)),
        graph.add(tokens, graph.gatherTokens(positions.get(1), ids)));
  }

  /** The positions of the class token [1, 1, D] and of the patches [1, N, D]. */
  private List<Tensor> positions(GraphBuilder graph) {
    int count = image.grid().patches();
    Tensor table = graph.state("pos_embed", Shape.of(1, 1 + count, config.width()));
    return graph.split(table, 1, 1, count);
  }
}
