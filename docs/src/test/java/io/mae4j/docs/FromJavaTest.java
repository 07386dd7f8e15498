package io.mae4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.infer.FeatureExtractor;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.schedule.WarmupCosine;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import io.mae4j.data.batch.DamageListener;
import io.mae4j.data.batch.PipelineConfig;
import io.mae4j.data.batch.PrefetchingBatchSource;
import io.mae4j.data.dataset.ImageFolderProvider;
import io.mae4j.data.image.Normalization;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/from-java.md shows, compiled and run. */
class FromJavaTest {
  private final BackendProvider engine = new ReferenceBackendProvider();
  private final int epochs = 1;
  private final int batchSize = 2;
  private final long seed = 7;

  @TempDir Path work;

  @Test
  void theGuidesProgramTrainsSavesAndExtractsFeatures() throws IOException {
    Path pictures = Files.createDirectory(work.resolve("pictures"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 4; i++) {
      BufferedImage picture = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 40 * 36; pixel++) {
        picture.setRGB(pixel % 40, pixel / 40, random.nextInt());
      }
      ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
    }
    List<Double> losses = new ArrayList<>();
    Path file = work.resolve("checkpoint.safetensors");

    MaskedAutoencoder model = pretrain(pictures.toString(), file, losses);
    float[] features = features(file, model, new float[3 * 32 * 32], 1);

    assertThat(losses).hasSize(2).allMatch(loss -> loss > 0 && loss < 10);
    assertThat(features).hasSize(192).doesNotContain(Float.NaN);
  }

  private MaskedAutoencoder pretrain(String folder, Path file, List<Double> losses) {
    DamageListener damageListener = (name, reason) -> {};
    TrainingListener progress =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    // snippet: pretrain
    Dataset images = new ImageFolderProvider().open(new DatasetRequest(folder, Split.TRAIN));
    ImageSpec image = new ImageSpec(32, 32, 3, 4); // height, width, channels, patch
    MaskedAutoencoder model =
        new MaskedAutoencoder(
            new VitEncoder(image, new VitConfig(192, 12, 3, 4)), // width, depth, heads, MLP ratio
            new MaeDecoder(image, 192, new VitConfig(96, 4, 3, 4)),
            true); // the loss is taken on pixels normalised per patch
    double lr = WarmupCosine.scaled(1.5e-3, batchSize);
    Schedule schedule = new Schedule(epochs, 1, batchSize, 1, lr, 0);
    Recipe recipe = new Recipe(schedule, 0.05, 0.9, 0.95, 0.75, seed);
    PipelineConfig pipeline =
        PipelineConfig.official(image, Normalization.IMAGENET, batchSize, 2, seed);
    BatchSource batches = PrefetchingBatchSource.training(images, pipeline, damageListener);
    try (Backend backend = engine.open(BackendOptions.cpu());
        TrainingRun training =
            Pretraining.start(model, recipe, new RandomMasking(), backend, CompileOptions.fp32())) {
      training.run(batches, Long.MAX_VALUE, List.of(progress));
      CheckpointFile.write(file, training.checkpoint(Map.of(), Map.of("seed", "" + seed)));
    }
    // end
    return model;
  }

  private float[] features(Path file, MaskedAutoencoder model, float[] pixels, int count) {
    // snippet: features
    Checkpoint checkpoint = CheckpointFile.read(file);
    try (Backend backend = engine.open(BackendOptions.cpu());
        FeatureExtractor extractor =
            new FeatureExtractor(
                backend,
                CompileOptions.fp32(),
                model.encoder(),
                checkpoint.model(),
                Pool.MEAN,
                16)) {
      return extractor.extract(pixels, count); // count · width values
    }
    // end
  }

  @Test
  void theGuideShowsWhatIsRunHere() throws IOException {
    String guide = Files.readString(Path.of("from-java.md"));
    String source = Files.readString(Path.of("src/test/java/io/mae4j/docs/FromJavaTest.java"));

    for (String name : List.of("pretrain", "features")) {
      String shown = group(guide, "<!-- snippet: " + name + " -->\\s*```java\n(.*?)```");
      String run = group(source, "// snippet: " + name + "\n(.*?)// end");
      assertThat(words(shown)).as("snippet %s", name).isEqualTo(words(run));
    }
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static String words(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
