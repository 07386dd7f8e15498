package io.mae4j.core.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.random.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pre-trained encoder with a classifier on top, as the official {@code models_vit} builds it: all
 * patches are seen; the class token after the final norm, or the mean of the patch tokens followed
 * by a norm of its own ({@code fc_norm}, the final norm is left out then), goes into the head.
 *
 * @param encoder the encoder
 * @param pool what goes into the head
 * @param head of the encoder's width
 * @param tuning what is trained
 * @param dropPath stochastic depth in training; rate 0 for none
 */
public record VitClassifier(
    VitEncoder encoder, Pool pool, ClassifierHead head, Tuning tuning, DropPath dropPath) {

  /** Checks that the parts fit. */
  public VitClassifier {
    if (head.width() != encoder.width() || dropPath.depth() != encoder.config().depth()) {
      throw MaeException.internal("head " + head + " and " + dropPath + " do not fit " + encoder);
    }
  }

  /** The images. */
  public ImageSpec image() {
    return encoder.image();
  }

  /** Its values in checkpoint order; those that are not tuned are not trainable. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> specs = new ArrayList<>();
    for (ParameterSpec spec : encoder.parameters()) {
      if (pool == Pool.CLS || !spec.name().startsWith("norm.")) {
        specs.add(tuned(spec));
      }
    }
    if (pool == Pool.MEAN) {
      Blocks.norm("fc_norm", encoder.width()).forEach(spec -> specs.add(tuned(spec)));
    }
    specs.addAll(head.parameters());
    return specs;
  }

  /** The names of the encoder's values that are not trained. */
  public List<String> frozen() {
    int all = encoder.config().depth();
    return parameters().stream()
        .map(ParameterSpec::name)
        .filter(name -> !name.startsWith("head.") && !tuning.includes(name, all))
        .toList();
  }

  private ParameterSpec tuned(ParameterSpec spec) {
    boolean trainable = tuning.includes(spec.name(), encoder.config().depth());
    return new ParameterSpec(spec.name(), spec.shape(), spec.initializer(), trainable);
  }

  /**
   * First values: those given, the rest drawn each from its own generator.
   *
   * @param pretrained values by name; what the classifier lacks is ignored
   * @throws MaeException of kind DATA if one has another shape
   */
  public Map<String, Array> initialize(Map<String, Array> pretrained, Randomness randomness) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : parameters()) {
      Array given = pretrained.get(spec.name());
      if (given == null) {
        float[] drawn = new float[Math.toIntExact(spec.shape().size())];
        spec.initializer().fill(drawn, randomness.draws("init:" + spec.name(), 0, 0));
        values.put(spec.name(), Array.of(spec.shape(), drawn));
      } else if (given.shape().equals(spec.shape())) {
        values.put(spec.name(), given);
      } else {
        throw MaeException.data(
            "the checkpoint holds '"
                + spec.name()
                + "' as "
                + given.shape()
                + ", the classifier needs "
                + spec.shape());
      }
    }
    return values;
  }

  /**
   * Traces the features that go into the head, of B whole images with the inputs of {@link
   * PatchCutter#whole}.
   *
   * @param training whether branches are dropped, which takes the input {@link DropPath#FACTORS}
   * @return [B, D]
   */
  public Tensor features(GraphBuilder graph, int batch, boolean training) {
    int count = image().grid().patches();
    Tensor patches =
        graph.input(
            MaskedAutoencoder.VISIBLE_PATCHES,
            TensorType.real(batch, count, image().patchValues()));
    Tensor ids =
        graph.input(
            MaskedAutoencoder.VISIBLE_IDS, new TensorType(DType.INT32, Shape.of(batch, count)));
    Blocks.Branch branch = training ? dropPath.branches(graph, batch) : Blocks.Branch.KEPT;
    Tensor tokens = encoder.tokens(graph, patches, ids, branch);
    List<Tensor> parts = graph.split(tokens, 1, 1, count);
    double eps = encoder.config().normEps();
    if (pool == Pool.MEAN) {
      Tensor mean = graph.mean(parts.get(1), false, 1);
      return graph.scope("fc_norm", () -> Blocks.norm(graph, "fc_norm", mean, eps));
    }
    Tensor cls = graph.reshape(parts.get(0), Shape.of(batch, encoder.width()));
    return graph.scope("norm", () -> Blocks.norm(graph, "norm", cls, eps));
  }

  /** Traces the class scores [B, K] of B whole images. */
  public Tensor logits(GraphBuilder graph, int batch, boolean training) {
    return head.logits(graph, features(graph, batch, training), training);
  }
}
