package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.graph.RecomputingBackend;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.LayerDecay;
import io.mae4j.core.train.Schedule;
import io.mae4j.eval.classify.ClassifierRecipe;
import io.mae4j.eval.classify.Mixup;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MemoryForecastTest {
  private static final ImageSpec IMAGE = new ImageSpec(32, 32, 3, 4);
  private static final MaskedAutoencoder MODEL =
      new MaskedAutoencoder(
          new VitEncoder(IMAGE, new VitConfig(32, 4, 2, 4)),
          new MaeDecoder(IMAGE, 32, new VitConfig(16, 2, 2, 4)),
          true);

  private static final Backend BACKEND = new ReferenceBackendProvider().open(BackendOptions.cpu());

  private static MemoryForecast forecast(int batchSize, String more) {
    return MemoryForecast.of(
        MODEL, new ConfigLoader().yaml("test", "batch-size: " + batchSize + "\n" + more).load());
  }

  @Test
  void moreImagesTakeMoreAndRecomputationLess() {
    long one = forecast(64, "").bytes(BACKEND);

    assertThat(forecast(128, "").bytes(BACKEND)).isBetween(one + one / 2, 2 * one);
    assertThat(forecast(64, "").bytes(new RecomputingBackend(BACKEND))).isLessThan(one * 2 / 3);
  }

  /** Trained values have two moments; the first values are there before the forecast is asked. */
  @Test
  void theCopiesThatAreMadeWhenSavingAreCounted() {
    assertThat(saving("").copies()).isEqualTo(modelBytes() + 2 * trainableBytes());
    assertThat(saving("").bytes(BACKEND) - forecast(64, "").bytes(BACKEND))
        .isEqualTo(2 * trainableBytes());
    assertThat(saving("accum-iter: 2").copies()).isEqualTo(saving("").copies());
  }

  private static MemoryForecast saving(String more) {
    return MemoryForecast.ofRun(
        MODEL, new ConfigLoader().yaml("test", "batch-size: 64\n" + more).load());
  }

  private static long modelBytes() {
    return 4 * ParameterSpec.sizeOf(MODEL.parameters());
  }

  private static long trainableBytes() {
    return 4
        * ParameterSpec.sizeOf(
            MODEL.parameters().stream().filter(ParameterSpec::trainable).toList());
  }

  @Test
  void aHeapThatCannotHoldTheCopiesIsRefusedAndTheOneThatCouldIsNamed() {
    MemoryForecast forecast = saving("");
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;

    assertThatCode(() -> forecast.requireHeap(forecast.copies())).doesNotThrowAnyException();
    assertThatThrownBy(() -> forecast.requireHeap(forecast.copies() - (7 << 20)))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("JAVA_OPTS=-Xmx" + (megabytes + 8) + "m");
  }

  @Test
  void aTrainingOfTheLastBlockTakesLessThanOneOfAll() {
    RunConfig config = new ConfigLoader().yaml("test", "batch-size: 64").load();
    assertThat(labelled(Tuning.blocks(1), config)).isLessThan(labelled(Tuning.ALL, config));
  }

  private static long labelled(Tuning tuning, RunConfig config) {
    VitClassifier classifier =
        new VitClassifier(
            new VitEncoder(IMAGE, new VitConfig(32, 4, 2, 4)),
            Pool.MEAN,
            ClassifierHead.fineTuning(32, 10),
            tuning,
            new DropPath(0, 4));
    ClassifierRecipe recipe =
        new ClassifierRecipe(
            new Schedule(1, 0, 64, 1, 1e-3, 0),
            new AdamWOptimizer(0.9, 0.95, new LayerDecay(0.8, 4, 0.05)),
            Mixup.NONE,
            1);
    return MemoryForecast.of(classifier, recipe, config).bytes(BACKEND);
  }

  @Test
  void whatFitsIsAccepted() {
    MemoryForecast forecast = forecast(64, "");

    assertThatCode(() -> forecast.require(BACKEND, forecast.bytes(BACKEND)))
        .doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotFitIsRefusedAndTheLargestBatchThatFitsIsNamed() {
    MemoryForecast forecast = forecast(128, "");
    long free = forecast.bytes(BACKEND) / 2;

    assertThatThrownBy(() -> forecast.require(BACKEND, free))
        .isInstanceOfSatisfying(
            MaeException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
              Matcher named =
                  Pattern.compile("batch-size (\\d+) would fit").matcher(e.getMessage());
              assertThat(named.find()).as(e.getMessage()).isTrue();
              int batch = Integer.parseInt(named.group(1));
              assertThat(forecast(batch, "").bytes(BACKEND)).isLessThanOrEqualTo(free);
              assertThat(forecast(batch + 1, "").bytes(BACKEND)).isGreaterThan(free);
            })
        .hasMessageContaining("checkpoint-activations");
  }

  @Test
  void aModelThatFitsWithNoBatchIsToldSo() {
    assertThatThrownBy(() -> forecast(16, "").require(BACKEND, 1000))
        .hasMessageContaining("not even one image");
  }
}
