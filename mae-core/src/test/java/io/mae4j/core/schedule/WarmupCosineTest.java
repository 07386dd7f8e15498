package io.mae4j.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.core.OfficialFigures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("official")
class WarmupCosineTest {

  @Test
  void ratesAreTheOfficialOnesToTheLastDigits() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WarmupCosineTest.class.getResourceAsStream("lr.json"))) {
      int compared = 0;
      for (JsonNode run : JsonMapper.shared().readTree(in)) {
        JsonNode config = run.path("config");
        double lr =
            WarmupCosine.scaled(config.path("blr").asDouble(), config.path("batch").asInt());
        assertThat(lr).isEqualTo(config.path("lr").asDouble());
        WarmupCosine schedule =
            new WarmupCosine(
                lr,
                config.path("min_lr").asDouble(),
                config.path("warmup_epochs").asDouble(),
                config.path("epochs").asDouble());
        for (JsonNode point : run.path("values")) {
          double rate = schedule.at(point.path(0).asDouble());
          double difference = Math.abs(rate - point.path(1).asDouble()) / lr;
          OfficialFigures.keep("learning rate over the epochs", difference);
          assertThat(difference).as("rate at epoch %s", point.path(0)).isLessThanOrEqualTo(1e-12);
          compared++;
        }
      }
      assertThat(compared).isGreaterThanOrEqualTo(50);
    }
  }
}
