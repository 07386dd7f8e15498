package io.mae4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.graph.Differentiator;
import io.mae4j.core.infer.ForwardPass;
import io.mae4j.core.infer.Reconstructor;
import io.mae4j.core.masking.NoiseMasks;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.BatchParts;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.TrainingProgram;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The published model on an engine, against values of the official code in float64: latent,
 * prediction, both losses, every gradient, and six optimizer steps. An engine in double precision
 * must come within 1e-9, one in single precision within about ten times what the official code
 * itself loses in single precision.
 */
public abstract class ModelContract {
  /** Relative; the official code in float32 is off by 1e-7. */
  private static final double FLOAT_LOSS = 1e-6;

  /** Relative to the largest element; the official code in float32 is off by 4e-7. */
  private static final double FLOAT_VALUES = 4e-6;

  /** Relative to the largest element; the official code in float32 is off by 5e-7. */
  private static final double FLOAT_GRADIENTS = 5e-6;

  private Backend backend;

  /** For subclasses. */
  protected ModelContract() {}

  /** The engine under test. */
  protected abstract BackendProvider provider();

  @BeforeEach
  void open() {
    backend = provider().open(BackendOptions.cpu());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static List<StateSpec> states(MaskedAutoencoder model) {
    return model.parameters().stream()
        .map(spec -> new StateSpec(spec.name(), spec.shape()))
        .toList();
  }

  @Test
  void latentPredictionAndLossAreTheOfficialOnes() {
    assertForward(false);
  }

  @Test
  void latentPredictionAndLossOfNormalisedPixelsAreTheOfficialOnes() {
    assertForward(true);
  }

  private void assertForward(boolean normPixLoss) {
    MaskedAutoencoder model = Golden.model(normPixLoss);
    Map<String, Array> golden = Golden.read("forward_ratio75.safetensors");
    GraphBuilder graph = new GraphBuilder("forward");
    MaskedAutoencoder.Forward forward = model.forward(graph, Golden.BATCH, Golden.VISIBLE);
    graph.output("latent", forward.latent());
    graph.output("pred", forward.pred());
    graph.output("loss", model.loss(graph, forward.pred()));
    Map<String, Array> outputs = run(model, graph, golden);

    List<Mask> masks = Golden.masks(Golden.get(golden, "noise"));
    double[] pred = Golden.maskedRows(Golden.get(golden, "pred"), masks);
    assertClose(
        "latent",
        Golden.get(outputs, "latent").toDoubles(),
        Golden.get(golden, "latent").toDoubles(),
        FLOAT_VALUES);
    assertClose("pred", Golden.get(outputs, "pred").toDoubles(), pred, FLOAT_VALUES);
    double[] loss = Golden.get(golden, normPixLoss ? "loss_norm_pix" : "loss_pix").toDoubles();
    assertClose("loss", Golden.get(outputs, "loss").toDoubles(), loss, FLOAT_LOSS);
  }

  @Test
  void aWholePassGivesEveryOfficialPredictionAndGradient() {
    MaskedAutoencoder model = Golden.model(true);
    Map<String, Array> golden = Golden.read("forward_ratio75.safetensors");
    Array images = Golden.get(golden, "images");
    List<Mask> masks = NoiseMasks.of(Golden.get(golden, "noise"), Golden.VISIBLE);
    try (ForwardPass pass =
        new ForwardPass(
            backend,
            CompileOptions.fp32(),
            model,
            Golden.read("params.safetensors"),
            Golden.BATCH,
            Golden.VISIBLE,
            true)) {
      ForwardPass.Result result = pass.run(Golden.batch(images), masks);

      assertClose(
          "latent",
          result.latent().toDoubles(),
          Golden.get(golden, "latent").toDoubles(),
          FLOAT_VALUES);
      assertClose(
          "pred of visible and hidden patches",
          result.pred().toDoubles(),
          Golden.get(golden, "pred").toDoubles(),
          FLOAT_VALUES);
      assertClose(
          "loss",
          result.loss().orElseThrow().toDoubles(),
          Golden.get(golden, "loss_norm_pix").toDoubles(),
          FLOAT_LOSS);
      Map<String, Array> gradients = Golden.read("grads_ratio75.safetensors");
      assertThat(result.gradients().keySet()).isEqualTo(gradients.keySet());
      gradients.forEach(
          (name, expected) ->
              assertClose(
                  name,
                  Golden.get(result.gradients(), name).toDoubles(),
                  expected.toDoubles(),
                  FLOAT_GRADIENTS));
    }
  }

  @Test
  void withNothingHiddenTheTokensAreThoseOfTheWholeImageInTheOrderOfTheNoise() {
    MaskedAutoencoder model = Golden.model(false);
    Map<String, Array> values = Golden.read("params.safetensors");
    Map<String, Array> golden = Golden.read("forward_ratio75.safetensors");
    Array images = Golden.get(golden, "images");
    int patches = Golden.IMAGE.grid().patches();
    ForwardPass.Result shuffled;
    ForwardPass.Result plain;
    List<Mask> masks = NoiseMasks.of(Golden.get(golden, "noise"), patches);
    Array noNoise = Array.of(Shape.of(Golden.BATCH, patches), new float[Golden.BATCH * patches]);
    try (ForwardPass pass =
        new ForwardPass(
            backend, CompileOptions.fp32(), model, values, Golden.BATCH, patches, false)) {
      shuffled = pass.run(Golden.batch(images), masks);
      plain = pass.run(Golden.batch(images), NoiseMasks.of(noNoise, patches));
    }

    assertThat(shuffled.loss()).isEmpty();
    assertClose("pred", shuffled.pred().toDoubles(), plain.pred().toDoubles(), FLOAT_VALUES);
    int width = shuffled.latent().shape().dim(2);
    double[] tokens = shuffled.latent().toDoubles();
    double[] inOrder = new double[tokens.length];
    for (int image = 0; image < Golden.BATCH; image++) {
      int first = image * (1 + patches);
      System.arraycopy(tokens, first * width, inOrder, first * width, width);
      int[] visible = masks.get(image).visible();
      for (int i = 0; i < patches; i++) {
        System.arraycopy(
            tokens, (first + 1 + i) * width, inOrder, (first + 1 + visible[i]) * width, width);
      }
    }
    assertClose("latent", inOrder, plain.latent().toDoubles(), FLOAT_VALUES);
  }

  /**
   * A mask token that is the embedding of some patch must give what the official model makes of
   * images that hold this patch in the hidden places, everything being visible.
   */
  @Test
  void maskTokensInTheEncoderAreSeenLikeThePatchesTheyStandFor() {
    MaskedAutoencoder plain = Golden.model(true);
    MaskedAutoencoder model =
        new MaskedAutoencoder(plain.encoder(), plain.decoder(), plain.normPixLoss(), true);
    Map<String, Array> values = new HashMap<>(Golden.read("params.safetensors"));
    Map<String, Array> official = Map.copyOf(values);
    values.put(Decoder.MASK_TOKEN, Golden.embeddingOfWedge(values));
    Map<String, Array> golden = Golden.read("forward_ratio75.safetensors");
    Array noise = Golden.get(golden, "noise");
    List<Mask> masks = NoiseMasks.of(noise, Golden.VISIBLE);
    Batch batch = Golden.batch(Golden.get(golden, "images"));
    int patches = Golden.IMAGE.grid().patches();
    ForwardPass.Result expected;
    try (ForwardPass pass =
        new ForwardPass(
            backend, CompileOptions.fp32(), plain, official, Golden.BATCH, patches, false)) {
      expected = pass.run(Golden.wedged(batch, masks), NoiseMasks.of(noise, patches));
    }
    try (ForwardPass pass =
            new ForwardPass(
                backend,
                CompileOptions.fp32(),
                model,
                values,
                Golden.BATCH,
                Golden.VISIBLE,
                false);
        Reconstructor reconstructor =
            new Reconstructor(
                backend, CompileOptions.fp32(), model, values, Golden.BATCH, Golden.VISIBLE)) {
      ForwardPass.Result found = pass.run(batch, masks);
      Reconstructor.Reconstruction hidden = reconstructor.reconstruct(batch, masks);

      double[] pred = expected.pred().toDoubles();
      assertClose(
          "latent", found.latent().toDoubles(), expected.latent().toDoubles(), FLOAT_VALUES);
      assertClose("pred", found.pred().toDoubles(), pred, FLOAT_VALUES);
      assertClose(
          "pred of hidden patches",
          hidden.pred().toDoubles(),
          Golden.maskedRows(expected.pred(), masks),
          FLOAT_VALUES);
      assertClose(
          "loss", new double[] {hidden.loss()}, found.loss().orElseThrow().toDoubles(), FLOAT_LOSS);
    }
  }

  @Test
  void theGradientOfEveryParameterIsTheOfficialOne() {
    MaskedAutoencoder model = Golden.model(true);
    GraphBuilder graph = new GraphBuilder("gradients");
    Tensor loss = model.loss(graph, model.forward(graph, Golden.BATCH, Golden.VISIBLE).pred());
    List<ParameterSpec> trainable =
        model.parameters().stream().filter(ParameterSpec::trainable).toList();
    List<Tensor> parameters =
        trainable.stream().map(spec -> graph.state(spec.name(), spec.shape())).toList();
    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, parameters);
    for (int i = 0; i < parameters.size(); i++) {
      graph.output(
          trainable.get(i).name(), Objects.requireNonNull(gradients.get(parameters.get(i))));
    }
    Map<String, Array> outputs = run(model, graph, Golden.read("forward_ratio75.safetensors"));

    Map<String, Array> golden = Golden.read("grads_ratio75.safetensors");
    assertThat(outputs.keySet()).isEqualTo(golden.keySet());
    golden.forEach(
        (name, expected) ->
            assertClose(
                name,
                Golden.get(outputs, name).toDoubles(),
                expected.toDoubles(),
                FLOAT_GRADIENTS));
  }

  private Map<String, Array> run(
      MaskedAutoencoder model, GraphBuilder graph, Map<String, Array> golden) {
    io.mae4j.api.graph.Graph built = graph.build();
    Map<String, Array> inputs =
        new HashMap<>(Golden.inputs(Golden.get(golden, "images"), Golden.get(golden, "noise")));
    inputs.keySet().retainAll(built.inputs().keySet());
    Program program = new Program("golden", states(model), List.of(built));
    try (Executable executable = backend.compile(program, CompileOptions.fp32())) {
      executable.write(Golden.read("params.safetensors"));
      return executable.run(built.name(), inputs, built.outputs().keySet());
    }
  }

  @Test
  void sixOptimizerStepsFollowTheOfficialTrace() {
    assertFollowsTheOfficialTrace(BatchParts.WHOLE);
  }

  @Test
  void aBatchInPartsTakesTheSameSteps() {
    assertFollowsTheOfficialTrace(new BatchParts(Golden.BATCH));
  }

  /**
   * The official loop: warm-up over the first of three epochs of two steps, so that the first
   * step's rate is zero.
   */
  private void assertFollowsTheOfficialTrace(BatchParts parts) {
    MaskedAutoencoder model = Golden.model(true);
    Recipe recipe =
        new Recipe(
            new Schedule(3, 1, Golden.BATCH, 1, 1.5e-3, 0), 0.05, 0.9, 0.95, Golden.MASK_RATIO, 0);
    Map<String, Array> trace = Golden.read("trace.safetensors");
    double[] losses = Golden.get(trace, "losses").toDoubles();
    double[] lr = Golden.get(trace, "lr").toDoubles();
    try (Executable executable =
        backend.compile(new Pretraining(model, recipe, parts).program(), CompileOptions.fp32())) {
      executable.write(Golden.read("params.safetensors"));
      for (int step = 0; step < losses.length; step++) {
        Array images = Golden.entry(Golden.get(trace, "images"), step);
        Map<String, Array> inputs =
            new LinkedHashMap<>(
                parts.cut(Golden.inputs(images, Golden.entry(Golden.get(trace, "noise"), step))));
        inputs.put(
            TrainingProgram.LR, Array.of(io.mae4j.api.graph.Shape.of(), new double[] {lr[step]}));
        inputs.put(TrainingProgram.T, Array.scalar(step + 1f));
        Map<String, Array> outputs =
            executable.run(TrainingProgram.STEP, inputs, Set.of(TrainingProgram.LOSS));
        double[] found = Golden.get(outputs, TrainingProgram.LOSS).toDoubles();
        assertClose("loss of step " + (step + 1), found, new double[] {losses[step]}, FLOAT_LOSS);
      }
      assertMoments(executable, trace, AdamWOptimizer.EXP_AVG);
      assertMoments(executable, trace, AdamWOptimizer.EXP_AVG_SQ);
    }
  }

  private void assertMoments(Executable executable, Map<String, Array> trace, String prefix) {
    List<String> moments = trace.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    assertThat(moments).isNotEmpty();
    Map<String, Array> found = executable.read(moments);
    for (String moment : moments) {
      // After six steps single precision has added up several roundings of the gradients before.
      assertClose(
          moment,
          Golden.get(found, moment).toDoubles(),
          Golden.get(trace, moment).toDoubles(),
          1e-4);
    }
  }

  private void assertClose(
      String what, double[] found, double[] expected, double inSinglePrecision) {
    Golden.assertClose(
        what, found, expected, Golden.isDouble(backend) ? Golden.DOUBLE : inSinglePrecision);
  }
}
