package io.mae4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.graph.Differentiator;
import io.mae4j.core.infer.FeatureExtractor;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.LarsOptimizer;
import io.mae4j.core.train.Objective;
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
 * The published classifier on an engine, against values of the official code in float64: features,
 * scores, loss and every gradient with both poolings, cross-entropy of soft targets, the head of
 * the linear probe over three steps, and LARS. {@link Quantity} says how close an engine must come.
 */
@Tag("official")
public abstract class ClassifierContract {
  private static final String FOLDER = "classifier/";
  private static final int BATCH = 4;
  private static final int CLASSES = 10;
  private static final int MIXED_CLASSES = 7;
  private static final int DEPTH = 2;

  private Backend backend;

  /** For subclasses. */
  protected ClassifierContract() {}

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

  private static VitClassifier classifier(Pool pool) {
    return new VitClassifier(
        new VitEncoder(Golden.IMAGE, new VitConfig(48, DEPTH, 3, 4)),
        pool,
        ClassifierHead.fineTuning(48, CLASSES),
        Tuning.ALL,
        new DropPath(0, DEPTH));
  }

  @Test
  void theClassTokenIsClassifiedAsOfficially() {
    assertClassifies(Pool.CLS, "cls");
  }

  @Test
  void theMeanOfThePatchTokensIsClassifiedAsOfficially() {
    assertClassifies(Pool.MEAN, "gap");
  }

  private void assertClassifies(Pool pool, String variant) {
    VitClassifier model = classifier(pool);
    Map<String, Array> golden = Golden.read(FOLDER + "forward_" + variant + ".safetensors");
    Map<String, Array> gradients = Golden.read(FOLDER + "grads_" + variant + ".safetensors");
    GraphBuilder graph = new GraphBuilder("classify");
    Tensor features = model.features(graph, BATCH, true);
    Tensor logits = model.head().logits(graph, features, true);
    Tensor targets = graph.input("targets", TensorType.real(BATCH, CLASSES));
    Tensor loss = graph.mean(graph.crossEntropy(logits, targets), false, 0);
    graph.output("features", features);
    graph.output("logits", logits);
    graph.output("loss", loss);
    List<Tensor> parameters =
        model.parameters().stream().map(spec -> graph.state(spec.name(), spec.shape())).toList();
    Map<Tensor, Tensor> traced = Differentiator.gradients(graph, loss, parameters);
    for (int i = 0; i < parameters.size(); i++) {
      graph.output(
          model.parameters().get(i).name(), Objects.requireNonNull(traced.get(parameters.get(i))));
    }
    Map<String, Array> inputs =
        new HashMap<>(
            new PatchCutter(Golden.IMAGE).whole(Golden.get(golden, "images").floats(), BATCH));
    inputs.put("targets", oneHot(Golden.get(golden, "labels").toDoubles()));

    Map<String, Array> outputs =
        run(model.parameters(), graph.build(), inputs, "params_" + variant + ".safetensors");

    assertClose(Quantity.CLASSIFIER_FEATURES, "features", outputs, golden);
    assertClose(Quantity.CLASSIFIER_LOGITS, "logits", outputs, golden);
    assertClose(Quantity.CLASSIFIER_LOSS, "loss", outputs, golden);
    assertThat(outputs.keySet()).containsAll(gradients.keySet());
    gradients
        .keySet()
        .forEach(name -> assertClose(Quantity.CLASSIFIER_GRADIENTS, name, outputs, gradients));
  }

  /** So many images that an engine with several cores takes them in parts. */
  @Test
  void frozenFeaturesOfALargeBatchAreTheOfficialOnes() {
    Map<String, Array> golden = Golden.read(FOLDER + "forward_gap.safetensors");
    float[] images = Golden.get(golden, "images").toFloats();
    double[] expected = Golden.get(golden, "features").toDoubles();
    int pixels = images.length / BATCH;
    int count = 8 * BATCH;
    float[] many = new float[count * pixels];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images, shuffled(i) * pixels, many, i * pixels, pixels);
    }
    try (FeatureExtractor extractor =
        new FeatureExtractor(
            backend,
            CompileOptions.fp32(),
            classifier(Pool.MEAN).encoder(),
            Golden.read(FOLDER + "params_gap.safetensors"),
            Pool.MEAN,
            count)) {
      float[] features = extractor.extract(many, count);
      int width = extractor.width();
      double[] found = new double[count * width];
      double[] official = new double[count * width];
      for (int i = 0; i < found.length; i++) {
        found[i] = features[i];
        official[i] = expected[shuffled(i / width) * width + i % width];
      }
      // Vectors leave in single precision, whatever the engine computes in.
      assertThat(Golden.difference("features", found, official))
          .isLessThanOrEqualTo(Quantity.CLASSIFIER_FEATURES.limit(false));
    }
  }

  /** Which of the official images comes at a place; the second half goes through them otherwise. */
  private static int shuffled(int place) {
    return (place + place / (4 * BATCH)) % BATCH;
  }

  private static Array oneHot(double[] labels) {
    float[] targets = new float[labels.length * CLASSES];
    for (int i = 0; i < labels.length; i++) {
      targets[i * CLASSES + (int) labels[i]] = 1;
    }
    return Array.of(Shape.of(labels.length, CLASSES), targets);
  }

  private Map<String, Array> run(
      List<ParameterSpec> specs, Graph graph, Map<String, Array> inputs, String values) {
    List<StateSpec> states =
        specs.stream().map(spec -> new StateSpec(spec.name(), spec.shape())).toList();
    try (Executable executable =
        backend.compile(new Program("golden", states, List.of(graph)), CompileOptions.fp32())) {
      executable.write(Golden.read(FOLDER + values));
      return executable.run(graph.name(), inputs, graph.outputs().keySet());
    }
  }

  /** The head alone on given features. */
  private record HeadObjective(ClassifierHead head, int batch) implements Objective {
    @Override
    public List<ParameterSpec> parameters() {
      return head.parameters();
    }

    @Override
    public Tensor loss(GraphBuilder graph) {
      Tensor features = graph.input("features", TensorType.real(batch, head.width()));
      Tensor targets = graph.input("targets", TensorType.real(batch, head.classes()));
      Tensor logits = head.logits(graph, features, true);
      return graph.mean(graph.crossEntropy(logits, targets), false, 0);
    }
  }

  @Test
  void theLinearProbesHeadTrainsAsOfficially() {
    Map<String, Array> golden = Golden.read(FOLDER + "linprobe.safetensors");
    ClassifierHead head = ClassifierHead.linearProbe(48, CLASSES);
    Array evaluated = Golden.get(golden, "features_eval");
    GraphBuilder predict = new GraphBuilder("predict");
    Tensor features = predict.input("features", TensorType.real(5, 48));
    predict.output("logits", head.logits(predict, features, false));
    Program program =
        TrainingProgram.of(
            "head", new HeadObjective(head, 8), LarsOptimizer.official(), 1, predict.build());
    try (Executable executable = backend.compile(program, CompileOptions.fp32())) {
      Map<String, Array> first = new LinkedHashMap<>();
      first.put("head.0.running_mean", Array.of(Shape.of(48), new float[48]));
      float[] ones = new float[48];
      Arrays.fill(ones, 1);
      first.put("head.0.running_var", Array.of(Shape.of(48), ones));
      first.put("head.1.weight", Golden.get(golden, "head.1.weight"));
      first.put("head.1.bias", Golden.get(golden, "head.1.bias"));
      executable.write(first);
      for (int step = 0; step < 3; step++) {
        Map<String, Array> inputs = new HashMap<>();
        inputs.put("features", Golden.entry(Golden.get(golden, "features"), step));
        double[] labels = Golden.get(golden, "labels").toDoubles();
        inputs.put("targets", oneHot(Arrays.copyOfRange(labels, 8 * step, 8 * step + 8)));
        inputs.put(TrainingProgram.LR, Array.of(Shape.of(), new double[] {0.1}));
        inputs.put(TrainingProgram.T, Array.scalar(step + 1f));
        String name = "step" + (step + 1) + ".";
        assertClose(
            Quantity.LINEAR_PROBE,
            "loss",
            executable.run(TrainingProgram.STEP, inputs, Set.of("loss")),
            Golden.get(golden, name + "loss"));
        for (String statistic : List.of("running_mean", "running_var")) {
          assertClose(
              Quantity.LINEAR_PROBE,
              "head.0." + statistic,
              executable.read(List.of("head.0." + statistic)),
              Golden.get(golden, name + statistic));
        }
      }
      for (String parameter : List.of("head.1.weight", "head.1.bias")) {
        assertClose(
            Quantity.LINEAR_PROBE,
            parameter,
            executable.read(List.of(parameter)),
            Golden.get(golden, "after3." + parameter));
      }
      assertClose(
          Quantity.LINEAR_PROBE,
          "logits",
          executable.run("predict", Map.of("features", evaluated), Set.of("logits")),
          Golden.get(golden, "eval.logits"));
    }
  }

  /** Parameters with a gradient that is given: the loss is their inner product. */
  private record Given(List<ParameterSpec> parameters) implements Objective {
    @Override
    public Tensor loss(GraphBuilder graph) {
      Tensor loss = graph.fill(0, Shape.of());
      for (ParameterSpec spec : parameters) {
        Tensor gradient = graph.input(spec.name(), TensorType.real(spec.shape().dims()));
        Tensor product = graph.mul(graph.state(spec.name(), spec.shape()), gradient);
        int[] axes = java.util.stream.IntStream.range(0, spec.shape().rank()).toArray();
        loss = graph.add(loss, graph.sum(product, false, axes));
      }
      return loss;
    }
  }

  @Test
  void larsStepsAsOfficiallyWhereNormsAreZeroToo() {
    assertLars("lars_wd0.safetensors", 0);
  }

  @Test
  void larsWithDecayStepsAsOfficially() {
    assertLars("lars_wd1e-4.safetensors", 1e-4);
  }

  private void assertLars(String file, double weightDecay) {
    Map<String, Array> golden = Golden.read(FOLDER + file);
    List<ParameterSpec> specs =
        golden.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("param."))
            .map(
                entry ->
                    new ParameterSpec(
                        entry.getKey().substring(6),
                        entry.getValue().shape(),
                        (values, random) -> {},
                        true))
            .toList();
    Program program =
        TrainingProgram.of("lars", new Given(specs), new LarsOptimizer(0.9, 0.001, weightDecay), 1);
    try (Executable executable = backend.compile(program, CompileOptions.fp32())) {
      Map<String, Array> first = new HashMap<>();
      specs.forEach(spec -> first.put(spec.name(), Golden.get(golden, "param." + spec.name())));
      executable.write(first);
      for (int step = 0; step < 4; step++) {
        Map<String, Array> inputs = new HashMap<>();
        for (ParameterSpec spec : specs) {
          inputs.put(spec.name(), Golden.entry(Golden.get(golden, "grad." + spec.name()), step));
        }
        inputs.put(TrainingProgram.LR, Array.of(Shape.of(), new double[] {0.1}));
        inputs.put(TrainingProgram.T, Array.scalar(step + 1f));
        executable.run(TrainingProgram.STEP, inputs, Set.of());
        for (ParameterSpec spec : specs) {
          assertClose(
              Quantity.LARS,
              spec.name(),
              executable.read(List.of(spec.name())),
              Golden.get(golden, "after" + (step + 1) + "." + spec.name()));
        }
      }
      for (ParameterSpec spec : specs) {
        String momentum = LarsOptimizer.MU + spec.name();
        assertClose(
            Quantity.LARS,
            momentum,
            executable.read(List.of(momentum)),
            Golden.get(golden, "mu4." + spec.name()));
      }
    }
  }

  @Test
  void crossEntropyOfLabelsSmoothedLabelsAndMixedOnesIsTheOfficialOne() {
    Map<String, Array> golden = Golden.read(FOLDER + "losses.safetensors");
    double[] labels = Golden.get(golden, "labels").toDoubles();
    assertCrossEntropy(golden, "cross_entropy", smoothed(labels, 0));
    assertCrossEntropy(golden, "label_smoothing_ce_0.1", smoothed(labels, 0.1));
    assertCrossEntropy(golden, "label_smoothing_ce_0.3", smoothed(labels, 0.3));
    assertCrossEntropy(golden, "soft_target_ce", Golden.get(golden, "soft_targets").toDoubles());
  }

  /** A label keeps {@code 1 − s}; {@code s} is spread evenly over all classes. */
  private static double[] smoothed(double[] labels, double s) {
    double[] targets = new double[labels.length * MIXED_CLASSES];
    Arrays.fill(targets, s / MIXED_CLASSES);
    for (int i = 0; i < labels.length; i++) {
      targets[i * MIXED_CLASSES + (int) labels[i]] += 1 - s;
    }
    return targets;
  }

  private void assertCrossEntropy(Map<String, Array> golden, String name, double[] targets) {
    Shape shape = Golden.get(golden, "logits").shape();
    GraphBuilder graph = new GraphBuilder("loss");
    Tensor logits = graph.input("logits", TensorType.real(shape.dims()));
    Tensor soft = graph.input("targets", TensorType.real(shape.dims()));
    Tensor loss = graph.mean(graph.crossEntropy(logits, soft), false, 0);
    graph.output(name, loss);
    graph.output(
        name + ".grad",
        Objects.requireNonNull(Differentiator.gradients(graph, loss, List.of(logits)).get(logits)));
    Graph built = graph.build();
    Map<String, Array> outputs;
    try (Executable executable =
        backend.compile(new Program("loss", List.of(), List.of(built)), CompileOptions.fp32())) {
      outputs =
          executable.run(
              "loss",
              Map.of("logits", Golden.get(golden, "logits"), "targets", Array.of(shape, targets)),
              built.outputs().keySet());
    }
    assertClose(Quantity.CROSS_ENTROPY, name, outputs, golden);
    assertClose(Quantity.CROSS_ENTROPY_GRADIENT, name + ".grad", outputs, golden);
  }

  private void assertClose(
      Quantity quantity, String name, Map<String, Array> outputs, Map<String, Array> golden) {
    assertClose(quantity, name, outputs, Golden.get(golden, name));
  }

  private void assertClose(
      Quantity quantity, String name, Map<String, Array> outputs, Array expected) {
    Golden.assertClose(
        backend, quantity, name, Golden.get(outputs, name).toDoubles(), expected.toDoubles());
  }
}
