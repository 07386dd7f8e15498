package io.mae4j.core.infer;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.data.Batch;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.graph.Differentiator;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One whole pass of a masked autoencoder, with everything that can be compared of it. */
public final class ForwardPass implements AutoCloseable {
  private static final String GRAPH = "forward";
  private static final String LATENT = "latent";
  private static final String PRED = "pred";
  private static final String LOSS = "loss";
  private static final String GRADIENT = "grad.";

  private final MaskedAutoencoder model;
  private final Executable executable;

  /**
   * What a pass yields.
   *
   * @param latent the encoder's tokens [B, 1 + Nv, D], the class token first, then the visible
   *     patches in the order of their mask
   * @param pred the predicted patches [B, N, P·P·C] in the order of the image, the visible ones too
   * @param loss the loss [] over the hidden patches; empty if nothing is hidden
   * @param gradients ∂loss/∂parameter of every trainable parameter by its name; empty unless asked
   */
  public record Result(
      Array latent, Array pred, Optional<Array> loss, Map<String, Array> gradients) {}

  /**
   * Compiles encoder and decoder.
   *
   * @param values the model's parameters by name
   * @param batch B, images of one run
   * @param visible Nv, visible patches of each image, 1..N
   * @param gradients whether gradients are wanted
   * @throws MaeException of kind USER if gradients are wanted where nothing is hidden
   */
  public ForwardPass(
      Backend backend,
      CompileOptions options,
      MaskedAutoencoder model,
      Map<String, Array> values,
      int batch,
      int visible,
      boolean gradients) {
    this.model = model;
    List<StateSpec> states =
        model.parameters().stream().map(spec -> new StateSpec(spec.name(), spec.shape())).toList();
    GraphBuilder graph = new GraphBuilder(GRAPH);
    trace(graph, model, batch, visible, gradients);
    Program program = new Program(GRAPH, states, List.of(graph.build()));
    this.executable = backend.compile(program, options);
    try {
      executable.write(ModelValues.select(values, program.states().keySet()));
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private static void trace(
      GraphBuilder graph, MaskedAutoencoder model, int batch, int visible, boolean gradients) {
    MaskedAutoencoder.Forward forward = model.forwardAll(graph, batch, visible);
    graph.output(LATENT, forward.latent());
    graph.output(PRED, forward.pred());
    int masked = model.image().grid().patches() - visible;
    if (masked == 0) {
      if (gradients) {
        throw MaeException.user(
            "nothing is hidden at this mask ratio, so there is no loss and it has no gradients");
      }
      return;
    }
    Tensor loss = model.loss(graph, graph.split(forward.pred(), 1, visible, masked).get(1));
    graph.output(LOSS, loss);
    if (gradients) {
      List<ParameterSpec> trainable =
          model.parameters().stream().filter(ParameterSpec::trainable).toList();
      List<Tensor> parameters =
          trainable.stream().map(spec -> graph.state(spec.name(), spec.shape())).toList();
      Map<Tensor, Tensor> found = Differentiator.gradients(graph, loss, parameters);
      for (int i = 0; i < parameters.size(); i++) {
        graph.output(
            GRADIENT + trainable.get(i).name(),
            Objects.requireNonNull(found.get(parameters.get(i))));
      }
    }
  }

  /**
   * Runs the pass.
   *
   * @param batch B images
   * @param masks a mask for each
   */
  public Result run(Batch batch, List<Mask> masks) {
    Map<String, Array> inputs =
        new LinkedHashMap<>(new PatchCutter(model.image()).cut(batch, masks));
    Set<String> outputs = executable.program().graph(GRAPH).outputs().keySet();
    Map<String, Array> found = executable.run(GRAPH, inputs, outputs);
    Map<String, Array> gradients = new LinkedHashMap<>();
    for (String output : outputs) {
      if (output.startsWith(GRADIENT)) {
        gradients.put(output.substring(GRADIENT.length()), ModelValues.output(found, output));
      }
    }
    return new Result(
        ModelValues.output(found, LATENT),
        restore(ModelValues.output(found, PRED), masks),
        Optional.ofNullable(found.get(LOSS)),
        gradients);
  }

  /** Rows [B, N, V] from the order of the masks into that of the image. */
  private static Array restore(Array pred, List<Mask> masks) {
    int patches = pred.shape().dim(1);
    int width = pred.shape().dim(2);
    return switch (pred.dtype()) {
      case FLOAT64 -> {
        double[] from = pred.doubles();
        double[] to = new double[from.length];
        restore(
            masks,
            patches,
            width,
            (source, target) -> System.arraycopy(from, source, to, target, width));
        yield Array.of(pred.shape(), to);
      }
      default -> {
        float[] from = pred.toFloats();
        float[] to = new float[from.length];
        restore(
            masks,
            patches,
            width,
            (source, target) -> System.arraycopy(from, source, to, target, width));
        yield Array.of(pred.shape(), to);
      }
    };
  }

  private static void restore(List<Mask> masks, int patches, int width, RowCopy copy) {
    for (int image = 0; image < masks.size(); image++) {
      int[] restore = masks.get(image).restore();
      for (int patch = 0; patch < patches; patch++) {
        copy.copy((image * patches + restore[patch]) * width, (image * patches + patch) * width);
      }
    }
  }

  private interface RowCopy {
    void copy(int source, int target);
  }

  @Override
  public void close() {
    executable.close();
  }
}
