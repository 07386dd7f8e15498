package io.mae4j.core.infer;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
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
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.BatchParts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A frozen encoder on whole images, nothing masked: an image becomes one vector. Values that were
 * fine-tuned with mean pooling hold a norm of the mean ({@code fc_norm}) in place of the encoder's
 * final norm; vectors are then what went into their head.
 */
public final class FeatureExtractor implements AutoCloseable {

  private static final String GRAPH = "features";
  private static final String OUTPUT = "features";
  private static final String FINAL_NORM = "norm.weight";
  private static final String MEAN_NORM = "fc_norm.weight";

  private final Encoder encoder;
  private final Executable executable;
  private final int batch;
  private final BatchParts parts;

  /**
   * Compiles the encoder.
   *
   * @param encoder what to run
   * @param values its parameters by name; others are ignored
   * @param pool how tokens become a vector
   * @param batch images of one run
   * @throws MaeException of kind USER if the class token is asked for and the values were
   *     fine-tuned without it
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
    boolean tunedMean = values.containsKey(MEAN_NORM) && !values.containsKey(FINAL_NORM);
    if (tunedMean && pool == Pool.CLS) {
      throw MaeException.user(
          "the model was fine-tuned on the mean of its patch tokens, its class token was not; give --pool mean");
    }
    List<ParameterSpec> parameters = encoder.parameters();
    this.parts = BatchParts.of(backend.parallelParts(), batch, ParameterSpec.sizeOf(parameters));
    int images = batch / parts.count();
    Program program =
        tunedMean && encoder instanceof VitEncoder vit
            ? tunedProgram(vit, images)
            : program(parameters.stream(), graph -> pooled(graph, pool, images));
    this.executable = backend.compile(program, options);
    Set<String> states = executable.program().states().keySet();
    try {
      executable.write(ModelValues.select(values, states));
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private Tensor pooled(GraphBuilder graph, Pool pool, int images) {
    ImageSpec image = encoder.image();
    int count = image.grid().patches();
    Tensor patches =
        graph.input(
            MaskedAutoencoder.VISIBLE_PATCHES, TensorType.real(images, count, image.patchValues()));
    Tensor ids =
        graph.input(
            MaskedAutoencoder.VISIBLE_IDS, new TensorType(DType.INT32, Shape.of(images, count)));
    List<Tensor> tokens = graph.split(encoder.encode(graph, patches, ids), 1, 1, count);
    return pool == Pool.CLS
        ? graph.reshape(tokens.get(0), Shape.of(images, encoder.width()))
        : graph.mean(tokens.get(1), false, 1);
  }

  private Program tunedProgram(VitEncoder vit, int images) {
    ClassifierHead head = ClassifierHead.fineTuning(vit.width(), 1);
    DropPath nothing = new DropPath(0, vit.config().depth());
    VitClassifier classifier = new VitClassifier(vit, Pool.MEAN, head, Tuning.HEAD, nothing);
    return program(
        classifier.parameters().stream().filter(spec -> !spec.name().startsWith("head.")),
        graph -> classifier.features(graph, images, false));
  }

  private Program program(
      Stream<ParameterSpec> parameters, Function<GraphBuilder, Tensor> features) {
    GraphBuilder graph = new GraphBuilder(GRAPH);
    graph.output(OUTPUT, parts.joined(graph, () -> features.apply(graph)));
    List<StateSpec> states =
        parameters.map(spec -> new StateSpec(spec.name(), spec.shape())).toList();
    return new Program("features", states, List.of(graph.build()));
  }

  /** D, the width of a vector. */
  public int width() {
    return encoder.width();
  }

  /** Images of one run. */
  public int batch() {
    return batch;
  }

  /**
   * Encodes images.
   *
   * @param images n·C·H·W normalised values
   * @param count n, any number; {@link #batch()} of them are encoded at a time
   * @return n·D values
   * @throws MaeException of kind DATA if a value is no number
   */
  public float[] extract(float[] images, int count) {
    ImageSpec image = encoder.image();
    int values = image.channels() * image.height() * image.width();
    if (count < 0 || (long) count * values != images.length) {
      throw new IllegalArgumentException(
          images.length + " values for " + count + " images of " + values);
    }
    float[] features = new float[Math.multiplyExact(count, width())];
    for (int done = 0; done < count; done += batch) {
      int size = Math.min(batch, count - done);
      // A batch that is not full ends with zeros.
      float[] full =
          count == batch
              ? images
              : Arrays.copyOfRange(images, done * values, (done + batch) * values);
      encode(full, size, features, done * width());
    }
    return features;
  }

  private void encode(float[] full, int size, float[] features, int offset) {
    Map<String, Array> inputs = new PatchCutter(encoder.image()).whole(full, batch);
    Map<String, Array> outputs = executable.run(GRAPH, parts.cut(inputs), Set.of(OUTPUT));
    float[] rows = ModelValues.output(outputs, OUTPUT).toFloats();
    for (int i = 0; i < size * width(); i++) {
      if (!Float.isFinite(rows[i])) {
        throw MaeException.data(
            "the encoder makes "
                + rows[i]
                + " of an image: its weights are too large or damaged; if it was trained so, take a lower learning rate or a longer warm-up");
      }
    }
    System.arraycopy(rows, 0, features, offset, size * width());
  }

  @Override
  public void close() {
    executable.close();
  }
}
