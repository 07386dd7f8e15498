package io.mae4j.cli.run;

import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.DataConfig;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.augment.RandomErasing;
import io.mae4j.data.batch.PipelineConfig;
import io.mae4j.data.batch.PrefetchingBatchSource;
import io.mae4j.data.image.Channels;
import io.mae4j.data.image.Cropping;
import io.mae4j.data.image.MarginCrop;
import io.mae4j.data.image.Normalization;
import io.mae4j.data.image.RandomResizedCrop;
import io.mae4j.eval.picture.PixelScale;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Batches as a configuration wants them. */
final class Batches {
  private static final double FLIP_PROBABILITY = 0.5;
  private static final double GREY_MEAN = 0.449;
  private static final double GREY_STD = 0.226;

  private Batches() {}

  /** Cropped and mirrored at random, in shuffled order, full batches only. */
  static PrefetchingBatchSource training(
      Dataset data, ImageSpec image, RunConfig config, Console console) {
    return augmented(data, image, config, cropAndFlip(config.data()), console);
  }

  /** Changed at random in this way, in shuffled order, full batches only. */
  static PrefetchingBatchSource augmented(
      Dataset data, ImageSpec image, RunConfig config, Augmentation augmentation, Console console) {
    requireChannels(data, image);
    return PrefetchingBatchSource.training(
        data, augmented(image, config, augmentation), new DamageReport(console));
  }

  /** How training images are prepared. */
  static PipelineConfig augmented(ImageSpec image, RunConfig config, Augmentation augmentation) {
    return pipeline(image, config, config.recipe().batchSize(), Optional.of(augmentation));
  }

  /** Cropped and mirrored as the configuration says. */
  static Augmentation cropAndFlip(DataConfig data) {
    return new Augmentation(
        cropping(data), data.flip() ? FLIP_PROBABILITY : 0, Optional.empty(), RandomErasing.NONE);
  }

  /** Whole images in their order, the last batch with what is left. */
  static BatchSource whole(
      Dataset data, ImageSpec image, RunConfig config, int batchSize, Console console) {
    requireChannels(data, image);
    return PrefetchingBatchSource.evaluation(
        data, pipeline(image, config, batchSize, Optional.empty()), new DamageReport(console));
  }

  /**
   * Refuses a model for images of other channels, by the first image that can be read.
   *
   * @throws MaeException of kind USER if they cannot be converted
   */
  private static void requireChannels(Dataset data, ImageSpec image) {
    Optional<PixelImage> first =
        IntStream.range(0, data.size())
            .mapToObj(index -> ImageChoice.read(data, index))
            .flatMap(Optional::stream)
            .findFirst();
    if (first.isPresent() && !Channels.converts(first.get().channels(), image.channels())) {
      throw MaeException.user(
          "the model takes images of "
              + image.channels()
              + " channels (in-chans), those of "
              + data.name()
              + " have "
              + first.get().channels()
              + "; pre-train with --in-chans "
              + first.get().channels()
              + ", or take other images");
    }
  }

  /** Says how many images of an epoch do not fill the batches of a step, if any. */
  static void noteLeftOver(int images, RunConfig config, Console console) {
    int step = config.recipe().effectiveBatch();
    if (images % step > 0) {
      console.note(
          String.format(
              Locale.ROOT,
              "Left over %,d of %,d images in each epoch, other ones each time, which do not fill a step of %,d",
              images % step,
              images,
              step));
    }
  }

  /** How pixels become the values of batches. */
  static PixelScale scale(ImageSpec image, RunConfig config) {
    Normalization normalization = normalization(image.channels(), config.data());
    return new PixelScale(normalization.mean(), normalization.std());
  }

  private static PipelineConfig pipeline(
      ImageSpec image, RunConfig config, int batchSize, Optional<Augmentation> augmentation) {
    DataConfig data = config.data();
    return new PipelineConfig(
        image,
        normalization(image.channels(), data),
        batchSize,
        data.workers(),
        config.recipe().seed(),
        augmentation);
  }

  private static Cropping cropping(DataConfig data) {
    return switch (data.crop()) {
      case NONE -> new MarginCrop(true);
      case FIXED -> new MarginCrop(false);
      case RANDOM -> new RandomResizedCrop(data.cropScale(), 1);
    };
  }

  /**
   * The given one; ImageNet's for three channels; the means over ImageNet's channels for any other
   * number.
   */
  private static Normalization normalization(int channels, DataConfig data) {
    if (data.pixelMean().isPresent() && data.pixelStd().isPresent()) {
      int given = data.pixelMean().get().size();
      if (given != channels) {
        throw MaeException.user(
            "pixel-mean and pixel-std have "
                + given
                + (given == 1 ? " number" : " numbers")
                + ", the images "
                + channels
                + (channels == 1 ? " channel" : " channels")
                + "; give --pixel-mean and --pixel-std a number for each channel, with commas between them");
      }
      return new Normalization(data.pixelMean().get(), data.pixelStd().get());
    }
    List<Double> mean = Collections.nCopies(channels, GREY_MEAN);
    return channels == Normalization.IMAGENET.channels()
        ? Normalization.IMAGENET
        : new Normalization(mean, Collections.nCopies(channels, GREY_STD));
  }
}
