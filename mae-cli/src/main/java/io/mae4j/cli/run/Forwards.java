package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.Batch;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.BackendConfig;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.console.Console;
import io.mae4j.core.checkpoint.FiniteValues;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsReader;
import io.mae4j.core.checkpoint.SafetensorsWriter;
import io.mae4j.core.checkpoint.format.ModelHints;
import io.mae4j.core.infer.ForwardPass;
import io.mae4j.core.masking.NoiseMasks;
import io.mae4j.core.model.MaskedAutoencoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs models once on given tensors. */
public final class Forwards {
  private static final String IMAGES = "images";
  private static final String NOISE = "noise";

  private final Engines engines;
  private final Models models;
  private final Console console;

  /** Runs with what these know. */
  public Forwards(Engines engines, Models models, Console console) {
    this.engines = engines;
    this.models = models;
    this.console = console;
  }

  /**
   * What to run.
   *
   * @param checkpoint the model
   * @param hints what it does not say of itself
   * @param input a safetensors file with images [B, C, H, W] and noise [B, N]
   * @param output where the results go
   * @param maskRatio the share of hidden patches, from 0 and below 1
   * @param normPixLoss whether target patches are normalised
   * @param gradients whether gradients are wanted
   */
  public record Request(
      Path checkpoint,
      ModelHints hints,
      Path input,
      Path output,
      double maskRatio,
      boolean normPixLoss,
      boolean gradients) {}

  /** Runs a model and writes what comes out; the answer is a summary. */
  public Map<String, Object> run(Request request, BackendConfig engine) {
    Map<String, Array> tensors = SafetensorsReader.read(request.input()).tensors();
    Array images = tensor(request.input(), tensors, IMAGES, 4);
    Array noise = tensor(request.input(), tensors, NOISE, 2);
    TrainedModel trained = model(request, images.shape());
    ImageSpec image = trained.image();
    int count = images.shape().dim(0);
    if (!noise.shape().equals(Shape.of(count, image.grid().patches()))) {
      throw MaeException.data(
          request.input()
              + ": tensor 'noise' has the shape "
              + noise.shape()
              + " instead of "
              + Shape.of(count, image.grid().patches()));
    }
    MaskedAutoencoder model =
        new MaskedAutoencoder(
            trained.model().encoder(),
            trained.model().decoder(),
            request.normPixLoss(),
            trained.model().encoderMaskTokens());
    int visible = image.grid().visible(request.maskRatio());
    List<Mask> masks = NoiseMasks.of(noise, visible);
    Batch batch =
        new Batch(
            image.height(),
            image.width(),
            image.channels(),
            0,
            images.toFloats(),
            new int[count],
            new int[count]);
    try (Backend backend = engines.open(engine);
        ForwardPass pass =
            new ForwardPass(
                backend,
                new CompileOptions(engine.precision()),
                model,
                trained.values(),
                count,
                visible,
                request.gradients())) {
      Map<String, Array> results = results(pass.run(batch, masks), masks);
      SafetensorsWriter.write(request.output(), new Safetensors(results, Map.of()));
      return summary(request, backend, results);
    }
  }

  private static Array tensor(Path file, Map<String, Array> tensors, String name, int rank) {
    Array array = tensors.get(name);
    if (array == null) {
      throw MaeException.data(file + " has no tensor '" + name + "'; it holds " + tensors.keySet());
    }
    if (array.shape().rank() != rank) {
      throw MaeException.data(
          file
              + ": tensor '"
              + name
              + "' has the shape "
              + array.shape()
              + ", not "
              + rank
              + " axes");
    }
    FiniteValues.require(file, Map.of(name, array));
    return array;
  }

  private TrainedModel model(Request request, Shape images) {
    ImageSize size = new ImageSize(images.dim(2), images.dim(3));
    ModelHints.Extent extent = new ModelHints.Extent(size.height(), size.width());
    Path path = request.checkpoint();
    Checkpoint checkpoint =
        Checkpoints.read(path, request.hints().orImage(Optional.of(extent)), false, console::note);
    Checkpoints.requireDecoder(path, checkpoint, "mae forward");
    Map<String, Object> tree = new LinkedHashMap<>(checkpoint.config());
    Object stored = tree.put("input-size", size.toString());
    Object channels = tree.get("in-chans");
    if (channels != null && !String.valueOf(channels).equals(String.valueOf(images.dim(1)))) {
      throw MaeException.data(
          request.input()
              + ": tensor 'images' has "
              + images.dim(1)
              + " channels; the model takes "
              + channels);
    }
    if (!size.toString().equals(String.valueOf(stored))) {
      console.note(
          "Position embeddings are interpolated from images of " + stored + " to " + size + ".");
    }
    return models.load(
        path, checkpoint, new ConfigLoader().tree(path.toString(), tree).load(), console::note);
  }

  private static Map<String, Array> results(ForwardPass.Result result, List<Mask> masks) {
    int patches = masks.get(0).patches();
    int[] restore = new int[masks.size() * patches];
    float[] mask = new float[restore.length];
    for (int image = 0; image < masks.size(); image++) {
      int[] places = masks.get(image).restore();
      boolean[] hidden = masks.get(image).hidden();
      for (int patch = 0; patch < patches; patch++) {
        restore[image * patches + patch] = places[patch];
        mask[image * patches + patch] = hidden[patch] ? 1 : 0;
      }
    }
    Shape perPatch = Shape.of(masks.size(), patches);
    Map<String, Array> results = new LinkedHashMap<>();
    results.put("latent", result.latent());
    results.put("ids_restore", Array.of(perPatch, restore));
    results.put("mask", Array.of(perPatch, mask));
    results.put("pred", result.pred());
    results.put("loss", result.loss().orElse(nothing(result.pred().dtype())));
    result.gradients().forEach((name, gradient) -> results.put("grad." + name, gradient));
    return results;
  }

  /** The mean over no patches, as the official code has it. */
  private static Array nothing(DType type) {
    return type == DType.FLOAT64
        ? Array.of(Shape.of(), new double[] {Double.NaN})
        : Array.scalar(Float.NaN);
  }

  private static Map<String, Object> summary(
      Request request, Backend backend, Map<String, Array> results) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("output", request.output().toString());
    tree.put("engine", backend.name() + ": " + backend.version());
    double loss = results.getOrDefault("loss", nothing(DType.FLOAT64)).item();
    tree.put("loss", Double.isNaN(loss) ? "none, nothing is hidden" : loss);
    tree.put("loss_of", request.normPixLoss() ? "normalised patches" : "pixels");
    Map<String, Object> tensors = new LinkedHashMap<>();
    results.forEach(
        (name, array) -> {
          if (!name.startsWith("grad.")) {
            tensors.put(name, array.toString());
          }
        });
    tree.put("tensors", tensors);
    tree.put("gradients", results.size() - tensors.size());
    return tree;
  }
}
