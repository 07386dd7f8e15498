package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
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

  private static MemoryForecast forecast(int batchSize, String more) {
    return MemoryForecast.of(
        MODEL, new ConfigLoader().yaml("test", "batch-size: " + batchSize + "\n" + more).load());
  }

  @Test
  void moreImagesTakeMoreAndRecomputationLess() {
    long one = forecast(64, "").bytes();

    assertThat(forecast(128, "").bytes()).isBetween(one + one / 2, 2 * one);
    assertThat(forecast(64, "checkpoint-activations: true").bytes()).isLessThan(one * 2 / 3);
  }

  @Test
  void whatFitsIsAccepted() {
    MemoryForecast forecast = forecast(64, "");

    assertThatCode(() -> forecast.require(forecast.bytes())).doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotFitIsRefusedAndTheLargestBatchThatFitsIsNamed() {
    MemoryForecast forecast = forecast(128, "");
    long free = forecast.bytes() / 2;

    assertThatThrownBy(() -> forecast.require(free))
        .isInstanceOfSatisfying(
            MaeException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
              Matcher named =
                  Pattern.compile("batch-size (\\d+) would fit").matcher(e.getMessage());
              assertThat(named.find()).as(e.getMessage()).isTrue();
              int batch = Integer.parseInt(named.group(1));
              assertThat(forecast(batch, "").bytes()).isLessThanOrEqualTo(free);
              assertThat(forecast(batch + 1, "").bytes()).isGreaterThan(free);
            })
        .hasMessageContaining("checkpoint-activations");
  }

  @Test
  void aModelThatFitsWithNoBatchIsToldSo() {
    assertThatThrownBy(() -> forecast(16, "").require(1000))
        .hasMessageContaining("not even one image");
  }
}
