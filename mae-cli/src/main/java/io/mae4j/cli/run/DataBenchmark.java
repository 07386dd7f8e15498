package io.mae4j.cli.run;

import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.core.file.AtomicFile;
import io.mae4j.core.registry.Registry;
import io.mae4j.core.train.Pretraining;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.batch.PipelineConfig;
import io.mae4j.data.image.Crop;
import io.mae4j.data.image.ImageTransform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Times the way from files to the inputs of a training step, without any training. */
public final class DataBenchmark {
  private final Datasets datasets;
  private final Models models;
  private final Registry<MaskingStrategyProvider> maskings;
  private final Console console;

  /** Times what these make. */
  public DataBenchmark(
      Datasets datasets,
      Models models,
      Registry<MaskingStrategyProvider> maskings,
      Console console) {
    this.datasets = datasets;
    this.models = models;
    this.maskings = maskings;
    this.console = console;
  }

  /**
   * Times passes over the training images.
   *
   * @param passes measured passes; one more goes before them
   * @return the figures as a tree: images a second, medians over the passes. {@code
   *     decode_images_per_s}: reading and decoding, on one thread; {@code
   *     crop_resize_images_per_s}: cropping, resizing, mirroring and normalising, on one thread;
   *     {@code decode_crop_resize_images_per_s}: both; {@code chain_images_per_s}: all of it with
   *     masks drawn and patches cut, in batches on the worker threads; {@code
   *     chain_images_per_s_per_core}: the same for each worker, of which no more count than there
   *     are processors
   */
  public Map<String, Object> run(RunConfig config, int passes) {
    Dataset data = datasets.open(config.data(), DatasetRequest.Split.TRAIN);
    ImageSpec image = ImageChoice.of(config.model(), data);
    Augmentation augmentation = Batches.cropAndFlip(config.data());
    PipelineConfig pipeline = Batches.augmented(image, config, augmentation);
    Stages warmUp = stages(data, pipeline, augmentation);
    BatchSource source = Batches.training(data, image, config, console);
    Pretraining pretraining =
        new Pretraining(models.create(config.model(), image), Recipes.of(config));
    MaskingStrategy masking = maskings.get(config.masking().strategy()).create();
    chain(source, pretraining, masking);
    List<Double> decode = new ArrayList<>();
    List<Double> resize = new ArrayList<>();
    List<Double> both = new ArrayList<>();
    List<Double> chain = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      Stages stages = stages(data, pipeline, augmentation);
      decode.add(stages.decodeSeconds());
      resize.add(stages.resizeSeconds());
      both.add(stages.decodeSeconds() + stages.resizeSeconds());
      chain.add(chain(source, pretraining, masking));
    }
    int cores = Math.min(pipeline.threads(), Runtime.getRuntime().availableProcessors());
    long batched = (long) source.batchesPerEpoch() * pipeline.batchSize();
    double chainRate = batched / Percentiles.of(chain).median();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("data", data.name());
    tree.put("images", data.size());
    tree.put("megapixels_per_image", rounded(warmUp.pixels() / 1e6 / data.size(), 1000));
    tree.put("input_size", image.height() + "x" + image.width());
    tree.put("batch_size", pipeline.batchSize());
    tree.put("workers", pipeline.threads());
    tree.put("passes", passes);
    tree.put("decode_images_per_s", rounded(data.size() / Percentiles.of(decode).median(), 10));
    tree.put(
        "crop_resize_images_per_s", rounded(data.size() / Percentiles.of(resize).median(), 10));
    tree.put(
        "decode_crop_resize_images_per_s",
        rounded(data.size() / Percentiles.of(both).median(), 10));
    tree.put("chain_images_per_s", rounded(chainRate, 10));
    tree.put("chain_images_per_s_per_core", rounded(chainRate / cores, 10));
    tree.put("peak_rss_mb", ProcessMemory.peakMegabytes().orElse(-1));
    return tree;
  }

  /**
   * Writes which rectangle of each training image the first epoch takes, so that another program
   * can be measured with the same: lines of image, top, left, height and width, separated by tabs.
   */
  public void writeCrops(RunConfig config, Path file) {
    Dataset data = datasets.open(config.data(), DatasetRequest.Split.TRAIN);
    Augmentation augmentation = Batches.cropAndFlip(config.data());
    PipelineConfig pipeline =
        Batches.augmented(ImageChoice.of(config.model(), data), config, augmentation);
    Randomness randomness = new Randomness(pipeline.seed());
    StringBuilder lines = new StringBuilder();
    for (int index = 0; index < data.size(); index++) {
      PixelImage picture = data.read(index);
      Crop crop =
          augmentation
              .crop()
              .cut(
                  picture.height(),
                  picture.width(),
                  pipeline.image().height(),
                  pipeline.image().width(),
                  randomness.draws("crop", 0, index))
              .source();
      lines.append(
          String.join(
              "\t",
              data.id(index),
              String.valueOf(crop.top()),
              String.valueOf(crop.left()),
              String.valueOf(crop.height()),
              String.valueOf(crop.width())));
      lines.append('\n');
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(bytes)));
  }

  /** What one thread took for the two halves of preparing every image. */
  private record Stages(double decodeSeconds, double resizeSeconds, long pixels) {}

  private static Stages stages(Dataset data, PipelineConfig pipeline, Augmentation augmentation) {
    ImageTransform transform = new ImageTransform(pipeline.image(), pipeline.normalization());
    Randomness randomness = new Randomness(pipeline.seed());
    float[] values = new float[transform.values()];
    long decode = 0;
    long resize = 0;
    long pixels = 0;
    for (int index = 0; index < data.size(); index++) {
      long start = System.nanoTime();
      PixelImage picture = data.read(index);
      long decoded = System.nanoTime();
      transform.augment(
          picture,
          augmentation.crop(),
          randomness.draws("crop", 0, index),
          augmentation.flipProbability(),
          randomness.draws("flip", 0, index),
          UnaryOperator.identity(),
          values,
          0);
      resize += System.nanoTime() - decoded;
      decode += decoded - start;
      pixels += (long) picture.height() * picture.width();
    }
    return new Stages(decode / 1e9, resize / 1e9, pixels);
  }

  private static double chain(
      BatchSource source, Pretraining pretraining, MaskingStrategy masking) {
    long start = System.nanoTime();
    try (BatchStream<Map<String, Array>> batches =
        source.epoch(0, 0, pretraining.preparation(masking))) {
      while (batches.hasNext()) {
        batches.next();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
