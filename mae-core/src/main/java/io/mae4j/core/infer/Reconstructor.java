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
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trained masked autoencoder that rebuilds hidden patches. */
public final class Reconstructor implements AutoCloseable {
  private static final String GRAPH = "reconstruct";
  private static final String PRED = "pred";
  private static final String LOSS = "loss";

  private final MaskedAutoencoder model;
  private final Executable executable;

  /**
   * What the model made of a batch.
   *
   * @param pred predicted hidden patches [B, Nm, P·P·C] in the order of each mask's hidden patches,
   *     values in the order (row, column, channel); normalised per patch if the model was trained
   *     so
   * @param loss the training loss of this batch
   */
  public record Reconstruction(Array pred, double loss) {}

  /**
   * Compiles encoder and decoder.
   *
   * @param values the model's parameters by name
   * @param batch B, images of one run
   * @param visible Nv, visible patches of each image
   */
  public Reconstructor(
      Backend backend,
      CompileOptions options,
      MaskedAutoencoder model,
      Map<String, Array> values,
      int batch,
      int visible) {
    this.model = model;
    GraphBuilder graph = new GraphBuilder(GRAPH);
    Tensor pred = model.forward(graph, batch, visible).pred();
    graph.output(PRED, pred);
    graph.output(LOSS, model.loss(graph, pred));
    List<StateSpec> states =
        model.parameters().stream().map(spec -> new StateSpec(spec.name(), spec.shape())).toList();
    Program program = new Program(GRAPH, states, List.of(graph.build()));
    this.executable = backend.compile(program, options);
    try {
      executable.write(ModelValues.select(values, program.states().keySet()));
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  /**
   * Rebuilds what the masks hide.
   *
   * @throws MaeException of kind DATA if what it predicts is no number
   */
  public Reconstruction reconstruct(Batch batch, List<Mask> masks) {
    Map<String, Array> inputs = new PatchCutter(model.image()).cut(batch, masks);
    Map<String, Array> outputs = executable.run(GRAPH, inputs, Set.of(PRED, LOSS));
    Array pred = ModelValues.output(outputs, PRED);
    for (float value : pred.toFloats()) {
      if (!Float.isFinite(value)) {
        throw MaeException.data(
            "the model rebuilds pixels of "
                + value
                + ": its weights are too large or damaged; if it was trained so, take a lower learning rate or a longer warm-up");
      }
    }
    return new Reconstruction(pred, ModelValues.output(outputs, LOSS).item());
  }

  @Override
  public void close() {
    executable.close();
  }
}
