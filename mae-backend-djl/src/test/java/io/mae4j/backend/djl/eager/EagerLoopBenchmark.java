package io.mae4j.backend.djl.eager;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast a plain DJL training loop is: eager arrays, a gradient collector, DJL's AdamW. {@code
 * mae bench train --backend djl} is measured against it. Not a test, and never run by the build;
 * after the tests were compiled, run it on idle processors with
 *
 * <pre>
 * ./mvnw -q -pl mae-backend-djl -am test-compile
 * ./mae info
 * L=mae-cli/target/mae4j/lib
 * OMP_WAIT_POLICY=PASSIVE OPT_OUT_TRACKING=true java -Dai.djl.offline=true \
 *   -cp "mae-backend-djl/target/test-classes:$L/modules/*:$L/backends/djl/modules/*:$L/backends/djl/classpath/*" \
 *   io.mae4j.backend.djl.eager.EagerLoopBenchmark [batch size] [steps]
 * </pre>
 *
 * <p>It prints one JSON object: the median images per second and milliseconds per step after three
 * steps of warm-up, and the last loss.
 */
public final class EagerLoopBenchmark {
  private static final int WARM_UP = 3;
  private static final float LEARNING_RATE = 1e-4f;

  private EagerLoopBenchmark() {}

  /** Runs it; the arguments are the batch size (128) and the number of measured steps (10). */
  public static void main(String[] arguments) {
    int batch = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 128;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    double[] seconds = new double[steps];
    float loss = 0;
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      EagerMae model = new EagerMae(manager);
      Optimizer optimizer =
          Optimizer.adamW()
              .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
              .optBeta1(.9f)
              .optBeta2(.95f)
              .optWeightDecays(.05f)
              .build();
      Random random = new Random(0);
      for (int i = -WARM_UP; i < steps; i++) {
        Batch data = Batch.random(random, batch);
        long start = System.nanoTime();
        loss = step(manager, model, optimizer, data);
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    Arrays.sort(seconds);
    double median = seconds[steps / 2];
    System.out.printf(
        Locale.ROOT,
        "{\"loop\": \"eager DJL\", \"batch\": %d, \"steps\": %d, \"images_per_second\": %.1f, \"ms_per_step\": %.1f, \"loss\": %.4f}%n",
        batch,
        steps,
        batch / median,
        median * 1e3,
        loss);
  }

  private static float step(NDManager manager, EagerMae model, Optimizer optimizer, Batch data) {
    float loss = gradients(manager, model, data);
    for (Map.Entry<String, NDArray> parameter : model.parameters().entrySet()) {
      try (NDArray gradient = parameter.getValue().getGradient()) {
        optimizer.update(parameter.getKey(), parameter.getValue(), gradient);
        gradient.subi(gradient);
      }
    }
    return loss;
  }

  private static float gradients(NDManager manager, EagerMae model, Batch data) {
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray patches =
          manager.create(data.patches, new Shape(data.size, EagerMae.PATCHES, EagerMae.VALUES));
      NDArray keep = manager.create(data.keep, new Shape(data.size, EagerMae.VISIBLE));
      NDArray restore = manager.create(data.restore, new Shape(data.size, EagerMae.PATCHES));
      NDArray removed = manager.create(data.removed, new Shape(data.size, EagerMae.PATCHES));
      NDArray loss = model.loss(patches, keep, restore, removed);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** Random images and masks. */
  private record Batch(int size, float[] patches, long[] keep, long[] restore, float[] removed) {

    static Batch random(Random random, int size) {
      float[] patches = new float[size * EagerMae.PATCHES * EagerMae.VALUES];
      for (int i = 0; i < patches.length; i++) {
        patches[i] = (float) random.nextGaussian();
      }
      long[] keep = new long[size * EagerMae.VISIBLE];
      long[] restore = new long[size * EagerMae.PATCHES];
      float[] removed = new float[size * EagerMae.PATCHES];
      for (int image = 0; image < size; image++) {
        double[] noise = random.doubles(EagerMae.PATCHES).toArray();
        int[] order =
            IntStream.range(0, EagerMae.PATCHES)
                .boxed()
                .sorted((a, b) -> Double.compare(noise[a], noise[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int place = 0; place < order.length; place++) {
          restore[image * EagerMae.PATCHES + order[place]] = place;
          removed[image * EagerMae.PATCHES + order[place]] = place < EagerMae.VISIBLE ? 0 : 1;
          if (place < EagerMae.VISIBLE) {
            keep[image * EagerMae.VISIBLE + place] = order[place];
          }
        }
      }
      return new Batch(size, patches, keep, restore, removed);
    }
  }
}
