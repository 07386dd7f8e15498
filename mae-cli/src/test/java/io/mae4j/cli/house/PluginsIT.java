package io.mae4j.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.plugin.PluginBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins of the packaged distribution, which runs as modules. */
class PluginsIT {
  private static final String COMPLAINT =
      "if (true) throw new IllegalStateException(\"no licence\");";

  @TempDir Path folder;

  private PluginBuilder angry() throws IOException {
    return builder("angry").maskingProvider("Angry", "angry", COMPLAINT);
  }

  private PluginBuilder builder(String name) throws IOException {
    return new PluginBuilder(Files.createDirectory(folder.resolve(name)));
  }

  private static void assertNamed(Distribution.Outcome outcome, Path jar) {
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("mae: the provider strange.Angry in " + jar)
        .contains("no licence")
        .doesNotContain("\tat ")
        .hasLineCount(1);
  }

  @Test
  void aPluginThatThrowsIsOneLine() throws Exception {
    Path jar = angry().jar(folder.resolve("angry.jar"));

    assertNamed(Distribution.mae(folder, "info", "--plugin-path", jar.toString()), jar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"modules", "classpath"})
  void aBrokenJarBesideTheEnginesIsOneLine(String place) throws Exception {
    Path engine = Distribution.HOME.resolve("lib/backends/angry");
    Path jar = Files.createDirectories(engine.resolve(place)).resolve("angry.jar");
    PluginBuilder builder = angry();
    (place.equals("modules") ? builder.module("strange.Angry") : builder).jar(jar);
    try {
      assertNamed(Distribution.mae(folder, "info"), jar);
    } finally {
      Files.delete(jar);
      Files.delete(jar.getParent());
      Files.delete(engine);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aPluginMeetsItsOwnVersionOfALibraryOfTheProduct(boolean modular) throws Exception {
    PluginBuilder builder =
        builder("library")
            .source(
                "picocli",
                "CommandLine",
                "package picocli; public class CommandLine { public static String words() { return \"brought along\"; } }")
            .maskingProvider("Library", "", "\"library\"", "picocli.CommandLine.words()");
    Path jar =
        (modular ? builder.module("strange.Library") : builder).jar(folder.resolve("library.jar"));

    Distribution.Outcome outcome =
        Distribution.mae(folder, "info", "--plugin-path", jar.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("brought along");
  }

  /**
   * As a library on the class path of another's program, whose threads have loaders of their own.
   */
  @ParameterizedTest
  @ValueSource(strings = {"djl", "nd4j"})
  void theLoaderOfTheThreadDecidesNothing(String engine) throws Exception {
    Path home = Distribution.HOME;
    List<Path> folders =
        List.of(
            home.resolve("lib/modules"),
            home.resolve("lib/backends").resolve(engine).resolve("modules"),
            home.resolve("lib/backends").resolve(engine).resolve("classpath"));
    String own =
        Path.of(StrangeThread.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String classPath =
        folders.stream()
            .map(jars -> jars + File.separator + "*")
            .collect(Collectors.joining(File.pathSeparator, own + File.pathSeparator, ""));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", classPath, StrangeThread.class.getName()));
    command.addAll(
        List.of("pretrain", "--data=sample", "--model=tiny", "--limit=64", "--batch-size=16"));
    command.addAll(List.of("--steps=2", "--out=run", "--backend=" + engine));

    Distribution.Outcome outcome = Distribution.finish(Distribution.start(folder, command), folder);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(folder.resolve("run/checkpoint.safetensors")).exists();
  }
}
