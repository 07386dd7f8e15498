package io.mae4j.core.infer;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A frozen encoder on whole images, nothing masked: an image becomes one vector. */
public final class FeatureExtractor implements AutoCloseable {

  private static final String GRAPH = "features";
  private static final String OUTPUT = "features";

  private final Encoder encoder;
  private final Executable executable;
  private final int batch;

  /**
   * Compiles the encoder.
   *
   * @param encoder what to run
   * @param values its parameters by name; others are ignored
   * @param pool how tokens become a vector
   * @param batch images of one run
   */
  public FeatureExtractor(
      Backend backend,
      CompileOptions options,
      Encoder encoder,
      Map<String, Array> values,
      Pool pool,
      int batch) {
    this.encoder = encoder;
    this.batch = batch;
    this.executable = backend.compile(program(encoder, pool, batch), options);
    Set<String> states = executable.program().states().keySet();
    try {
      executable.write(ModelValues.select(values, states));
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private static Program program(Encoder encoder, Pool pool, int batch) {
    ImageSpec image = encoder.image();
    int count = image.grid().patches();
    GraphBuilder graph = new GraphBuilder(GRAPH);
    Tensor patches =
        graph.input(
            MaskedAutoencoder.VISIBLE_PATCHES, TensorType.real(batch, count, image.patchValues()));
    Tensor ids =
        graph.input(
            MaskedAutoencoder.VISIBLE_IDS, new TensorType(DType.INT32, Shape.of(batch, count)));
    List<Tensor> tokens = graph.split(encoder.encode(graph, patches, ids), 1, 1, count);
    Tensor pooled =
        pool == Pool.CLS
            ? graph.reshape(tokens.get(0), Shape.of(batch, encoder.width()))
            : graph.mean(tokens.get(1), false, 1);
    graph.output(OUTPUT, pooled);
    List<StateSpec> states =
        encoder.parameters().stream()
            .map(spec -> new StateSpec(spec.name(), spec.shape()))
            .collect(Collectors.toList());
    return new Program("features", states, List.of(graph.build()));
  }

  /** D, the width of a vector. */
  public int width() {
    return encoder.width();
  }

  /** The most images of one call. */
  public int batch() {
    return batch;
  }

  /**
   * Encodes images.
   *
   * @param images n·C·H·W normalised values
   * @param count n, from 1 to {@link #batch()}
   * @return n·D values
   */
  public float[] extract(float[] images, int count) {
    float[] full = count == batch ? images : Arrays.copyOf(images, images.length / count * batch);
    Map<String, Array> inputs = new PatchCutter(encoder.image()).whole(full, batch);
    Map<String, Array> outputs = executable.run(GRAPH, inputs, Set.of(OUTPUT));
    float[] features = ModelValues.output(outputs, OUTPUT).toFloats();
    return count == batch ? features : Arrays.copyOf(features, count * width());
  }

  @Override
  public void close() {
    executable.close();
  }
}
