package io.mae4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starts the packaged distribution on its module path, as a user does. */
class DistributionIT {

  private static final Path HOME = Path.of(System.getProperty("mae.distribution"));

  @Test
  void theLauncherStartsTheDistribution() throws Exception {
    Process process =
        new ProcessBuilder(HOME.resolve("bin/mae").toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("mae4j 0.1.0");
  }
}
