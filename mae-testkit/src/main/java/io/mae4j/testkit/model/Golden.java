package io.mae4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.checkpoint.SafetensorsReader;
import io.mae4j.core.masking.NoiseMasks;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.VitEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The small model of the golden files, and how its inputs are fed. */
final class Golden {
  static final ImageSpec IMAGE = new ImageSpec(32, 32, 3, 4);
  static final int BATCH = 3;
  static final int VISIBLE = 16;
  static final double MASK_RATIO = 0.75;

  private Golden() {}

  static MaskedAutoencoder model(boolean normPixLoss) {
    return new MaskedAutoencoder(
        new VitEncoder(IMAGE, new VitConfig(48, 2, 3, 4)),
        new MaeDecoder(IMAGE, 48, new VitConfig(32, 2, 4, 4)),
        normPixLoss);
  }

  /** The arrays of a golden file. */
  static Map<String, Array> read(String file) {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
      Path copy = Files.createTempFile("golden", ".safetensors");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return SafetensorsReader.read(copy).tensors();
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Array get(Map<String, Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** One entry of an array with a leading axis. */
  static Array entry(Array array, int index) {
    int[] dims = array.shape().dims();
    Shape shape = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    int size = (int) shape.size();
    return Array.of(shape, Arrays.copyOfRange(array.floats(), index * size, (index + 1) * size));
  }

  /** The masks that the official code draws from this noise [B, N]. */
  static List<Mask> masks(Array noise) {
    return NoiseMasks.of(noise, VISIBLE);
  }

  /** Images [B, C, H, W] as a batch. */
  static Batch batch(Array images) {
    return new Batch(32, 32, 3, 0, images.floats(), new int[BATCH], new int[BATCH]);
  }

  /** The inputs of a step from images [B, C, H, W] and noise [B, N]. */
  static Map<String, Array> inputs(Array images, Array noise) {
    return new PatchCutter(IMAGE).cut(batch(images), masks(noise));
  }

  /** A value of a patch that no image holds. */
  private static float wedge(int channel, int row, int column) {
    return 0.3f * channel - 0.2f * row + 0.1f * column;
  }

  /** A batch whose hidden patches all are the wedge. */
  static Batch wedged(Batch batch, List<Mask> masks) {
    float[] images = batch.images().clone();
    int side = IMAGE.patch();
    for (int i = 0; i < images.length; i++) {
      int column = i % 32;
      int row = i / 32 % 32;
      boolean[] hidden = masks.get(i / (32 * 32 * 3)).hidden();
      if (hidden[row / side * IMAGE.grid().columns() + column / side]) {
        images[i] = wedge(i / (32 * 32) % 3, row % side, column % side);
      }
    }
    return new Batch(32, 32, 3, 0, images, batch.indices(), batch.labels());
  }

  /** What the patch projection makes of the wedge [1, 1, D]. */
  static Array embeddingOfWedge(Map<String, Array> values) {
    double[] weight = get(values, "patch_embed.proj.weight").toDoubles();
    double[] embedding = get(values, "patch_embed.proj.bias").toDoubles();
    int side = IMAGE.patch();
    for (int i = 0; i < weight.length; i++) {
      float value = wedge(i / (side * side) % 3, i / side % side, i % side);
      embedding[i / IMAGE.patchValues()] += weight[i] * value;
    }
    return Array.of(Shape.of(1, 1, embedding.length), embedding);
  }

  /** The rows of the hidden patches of a prediction [B, N, V], in the order of the masks. */
  static double[] maskedRows(Array pred, List<Mask> masks) {
    int width = pred.shape().dim(2);
    int patches = pred.shape().dim(1);
    double[] all = pred.toDoubles();
    List<double[]> rows = new ArrayList<>();
    for (int b = 0; b < masks.size(); b++) {
      for (int patch : masks.get(b).masked()) {
        int from = (b * patches + patch) * width;
        rows.add(Arrays.copyOfRange(all, from, from + width));
      }
    }
    return rows.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** A result must lie as close to the official one as the engine is held to. */
  static void assertClose(
      Backend engine, Quantity quantity, String what, double[] found, double[] expected) {
    double difference = difference(what, found, expected);
    Figures.keep(quantity.title(), engine.name(), difference);
    assertThat(difference)
        .as("largest difference of %s from the official value", what)
        .isLessThanOrEqualTo(quantity.limit(isDouble(engine)));
  }

  /** The largest difference, relative to the largest element where that is not zero. */
  static double difference(String what, double[] found, double[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("%s, element %d", what, i).isFinite();
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    }
    return largest == 0 ? difference : difference / largest;
  }

  /** Whether an engine computes in double precision, which decides how close it must come. */
  static boolean isDouble(Backend backend) {
    return backend.name().equals("reference");
  }
}
