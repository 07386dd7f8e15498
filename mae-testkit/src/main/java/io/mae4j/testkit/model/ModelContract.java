package io.mae4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published model on an engine, against values of the official code in float64: latent,
 * prediction, both losses, every gradient, and six optimizer steps. {@link Quantity} says how close
 * an engine must come.
 */
@Tag("official")
public abstract class ModelContract {
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
  void masksOfTheSameNoiseAreTheOfficialOnes() {
    Map<String, Array> golden = Golden.read("forward_ratio75.safetensors");
    List<Mask> masks = Golden.masks(Golden.get(golden, "noise"));

    assertThat(masks.stream().flatMapToInt(mask -> Arrays.stream(mask.restore())))
        .containsExactly(
            Arrays.stream(Golden.get(golden, "ids_restore").ints())
                .boxed()
                .toArray(Integer[]::new));
    double[] hidden = Golden.get(golden, "mask").toDoubles();
    int patches = Golden.IMAGE.grid().patches();
    for (int i = 0; i < hidden.length; i++) {
      assertThat(masks.get(i / patches).hidden()[i % patches])
          .as("patch %d of image %d is hidden", i % patches, i / patches)
          .isEqualTo(hidden[i] == 1);
    }
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
        Quantity.LATENT,
        "latent",
        Golden.get(outputs, "latent").toDoubles(),
        Golden.get(golden, "latent").toDoubles());
    assertClose(Quantity.PREDICTION, "pred", Golden.get(outputs, "pred").toDoubles(), pred);
    assertClose(
        normPixLoss ? Quantity.LOSS_OF_NORMALISED_PIXELS : Quantity.LOSS_OF_PIXELS,
        "loss",
        Golden.get(outputs, "loss").toDoubles(),
        Golden.get(golden, normPixLoss ? "loss_norm_pix" : "loss_pix").toDoubles());
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
          Quantity.LATENT,
          "latent",
          result.latent().toDoubles(),
          Golden.get(golden, "latent").toDoubles());
      assertClose(
          Quantity.PREDICTION,
          "pred of visible and hidden patches",
          result.pred().toDoubles(),
          Golden.get(golden, "pred").toDoubles());
      assertClose(
          Quantity.LOSS_OF_NORMALISED_PIXELS,
          "loss",
          result.loss().orElseThrow().toDoubles(),
          Golden.get(golden, "loss_norm_pix").toDoubles());
      Map<String, Array> gradients = Golden.read("grads_ratio75.safetensors");
      assertThat(result.gradients().keySet()).isEqualTo(gradients.keySet());
      gradients.forEach(
          (name, expected) ->
              assertClose(
                  Quantity.GRADIENTS,
                  name,
                  Golden.get(result.gradients(), name).toDoubles(),
                  expected.toDoubles()));
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
    boolean inDouble = Golden.isDouble(backend);
    assertThat(Golden.difference("pred", shuffled.pred().toDoubles(), plain.pred().toDoubles()))
        .isLessThanOrEqualTo(Quantity.PREDICTION.limit(inDouble));
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
    assertWithin(
        Quantity.LATENT,
        "latent",
        Array.of(plain.latent().shape(), inOrder),
        plain.latent().toDoubles());
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
      assertWithin(Quantity.LATENT, "latent", found.latent(), expected.latent().toDoubles());
      assertWithin(Quantity.PREDICTION, "pred", found.pred(), pred);
      assertWithin(
          Quantity.PREDICTION,
          "pred of hidden patches",
          hidden.pred(),
          Golden.maskedRows(expected.pred(), masks));
      assertWithin(
          Quantity.LOSS_OF_NORMALISED_PIXELS,
          "loss",
          Array.of(Shape.of(), new double[] {hidden.loss()}),
          found.loss().orElseThrow().toDoubles());
    }
  }

  /** For values that the official code did not compute, and that are no figures of fidelity. */
  private void assertWithin(Quantity quantity, String what, Array found, double[] expected) {
    assertThat(Golden.difference(what, found.toDoubles(), expected))
        .isLessThanOrEqualTo(quantity.limit(Golden.isDouble(backend)));
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
                Quantity.GRADIENTS,
                name,
                Golden.get(outputs, name).toDoubles(),
                expected.toDoubles()));
  }

  private Map<String, Array> run(
      MaskedAutoencoder model, GraphBuilder graph, Map<String, Array> golden) {
    Graph built = graph.build();
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
    Schedule schedule = new Schedule(3, 1, Golden.BATCH, 1, 1.5e-3, 0);
    Recipe recipe = new Recipe(schedule, 0.05, 0.9, 0.95, Golden.MASK_RATIO, 0);
    Map<String, Array> trace = Golden.read("trace.safetensors");
    Map<String, Array> first = Golden.read("params.safetensors");
    Map<String, Array> changes = Golden.read("change_norms.safetensors");
    double[] losses = Golden.get(trace, "losses").toDoubles();
    double[] lr = Golden.get(trace, "lr").toDoubles();
    try (Executable executable =
        backend.compile(new Pretraining(model, recipe, parts).program(), CompileOptions.fp32())) {
      executable.write(first);
      for (int step = 0; step < losses.length; step++) {
        Array images = Golden.entry(Golden.get(trace, "images"), step);
        Map<String, Array> inputs =
            new LinkedHashMap<>(
                parts.cut(Golden.inputs(images, Golden.entry(Golden.get(trace, "noise"), step))));
        inputs.put(TrainingProgram.LR, Array.of(Shape.of(), new double[] {lr[step]}));
        inputs.put(TrainingProgram.T, Array.scalar(step + 1f));
        Map<String, Array> outputs =
            executable.run(TrainingProgram.STEP, inputs, Set.of(TrainingProgram.LOSS));
        assertClose(
            Quantity.LOSSES_OF_SIX_STEPS,
            "loss of step " + (step + 1),
            Golden.get(outputs, TrainingProgram.LOSS).toDoubles(),
            new double[] {losses[step]});
        assertChanges(executable, first, changes, step);
      }
      assertStates(
          executable, Golden.read("params_step6.safetensors"), Quantity.PARAMETERS_AFTER_SIX_STEPS);
      Map<String, Array> moments = new LinkedHashMap<>(trace);
      moments
          .keySet()
          .removeIf(
              name ->
                  !name.startsWith(AdamWOptimizer.EXP_AVG)
                      && !name.startsWith(AdamWOptimizer.EXP_AVG_SQ));
      assertStates(executable, moments, Quantity.MOMENTS_AFTER_SIX_STEPS);
    }
  }

  /**
   * The length of each parameter's way from its first value, by which a missing or misplaced weight
   * decay shows. Biases of queries, keys and values are left out: those of the keys have no
   * gradient but rounding, which AdamW blows up to steps in any direction; they change no result.
   */
  private void assertChanges(
      Executable executable, Map<String, Array> first, Map<String, Array> changes, int step) {
    Map<String, Array> now = executable.read(List.copyOf(changes.keySet()));
    changes.forEach(
        (name, lengths) -> {
          double[] before = Golden.get(first, name).toDoubles();
          double[] after = Golden.get(now, name).toDoubles();
          double squares = 0;
          for (int i = 0; i < before.length; i++) {
            squares += Math.pow(after[i] - before[i], 2);
          }
          assertClose(
              Quantity.CHANGE_IN_SIX_STEPS,
              "change of " + name + " after step " + (step + 1),
              new double[] {Math.sqrt(squares)},
              new double[] {lengths.toDoubles()[step]});
        });
  }

  private void assertStates(Executable executable, Map<String, Array> expected, Quantity quantity) {
    assertThat(expected).isNotEmpty();
    Map<String, Array> found = executable.read(List.copyOf(expected.keySet()));
    expected.forEach(
        (name, array) ->
            assertClose(quantity, name, Golden.get(found, name).toDoubles(), array.toDoubles()));
  }

  private void assertClose(Quantity quantity, String what, double[] found, double[] expected) {
    Golden.assertClose(backend, quantity, what, found, expected);
  }
}
