package io.mae4j.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
          double expected = point.path(1).asDouble();
          assertThat(Math.abs(schedule.at(point.path(0).asDouble()) - expected))
              .as("rate at epoch %s", point.path(0))
              .isLessThanOrEqualTo(1e-12 * lr);
          compared++;
        }
      }
      assertThat(compared).isGreaterThanOrEqualTo(50);
    }
  }
}
