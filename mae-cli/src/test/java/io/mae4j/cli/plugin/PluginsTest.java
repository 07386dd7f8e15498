package io.mae4j.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.masking.MaskingStrategyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(work.resolve("plugins"));
  }

  private PluginBuilder builder(String name) throws IOException {
    return new PluginBuilder(Files.createDirectory(work.resolve(name)));
  }

  private Plugins load(Path... more) {
    return Plugins.load(List.of(plugins), List.of(more));
  }

  private static void assertPluginError(ThrowingCallable call, Path jar, String complaint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageContaining(jar.toString())
        .hasMessageContaining(complaint);
  }

  @Test
  void aJarInTheFolderAddsItsMaskingStrategyToTheBuiltInOnes() throws IOException {
    builder("first").maskingProvider("First", "first", "").jar(plugins.resolve("first.jar"));

    List<String> names =
        load().find(MaskingStrategyProvider.class).stream()
            .map(MaskingStrategyProvider::name)
            .toList();

    assertThat(names).contains("random", "block", "grid").endsWith("first").doesNotHaveDuplicates();
  }

  @Test
  void aFolderOfJarsIsOnePlugin() throws IOException {
    Path folder = Files.createDirectory(plugins.resolve("bundle"));
    builder("one").maskingProvider("One", "one", "").jar(folder.resolve("one.jar"));

    assertThat(load().find(MaskingStrategyProvider.class))
        .extracting(MaskingStrategyProvider::name)
        .contains("one");
    assertThat(load().locations()).containsExactly(folder);
  }

  @Test
  void aJarNamedOnTheCommandLineIsLoadedToo() throws IOException {
    Path jar =
        builder("other").maskingProvider("Other", "other", "").jar(work.resolve("other.jar"));

    assertThat(load(jar).find(MaskingStrategyProvider.class))
        .extracting(MaskingStrategyProvider::name)
        .contains("other");
  }

  @Test
  void aMissingFolderOfPluginsIsNoPlugins() {
    assertThat(Plugins.load(List.of(work.resolve("none")), List.of()).locations()).isEmpty();
  }

  @Test
  void aNamedPluginThatDoesNotExistIsTheCallersMistake() {
    assertThatThrownBy(() -> load(work.resolve("nowhere.jar")))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
        .hasMessageContaining("nowhere.jar does not exist");
  }

  @Test
  void aPluginWithAMissingClassNamesJarAndClass() throws IOException {
    Path jar =
        builder("broken")
            .source("Helper", "package strange; public class Helper {}")
            .maskingProvider("Broken", "broken", "new Helper();")
            .jar(plugins.resolve("broken.jar"), "strange/Helper.class");

    assertPluginError(this::load, jar, "the class strange.Helper is missing");
  }

  @Test
  void aProviderThatIsNotInTheJarNamesJarAndClass() throws IOException {
    Path jar =
        builder("absent")
            .maskingProvider("Absent", "absent", "")
            .jar(plugins.resolve("absent.jar"), "strange/Absent.class");

    assertPluginError(this::load, jar, "strange.Absent");
  }

  @Test
  void aProviderThatThrowsNamesJarAndItsWords() throws IOException {
    Path jar =
        builder("angry")
            .maskingProvider(
                "Angry", "angry", "if (true) throw new IllegalStateException(\"no licence\");")
            .jar(plugins.resolve("angry.jar"));

    assertPluginError(this::load, jar, "no licence");
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws IOException {
    Path jar = Files.writeString(plugins.resolve("text.jar"), "this is no archive");

    assertPluginError(this::load, jar, "cannot be loaded");
  }

  @Test
  void aJarThatProvidesNothingIsNamed() throws IOException {
    Path jar =
        builder("idle")
            .source("Idle", "package strange; public class Idle {}")
            .jar(plugins.resolve("idle.jar"));

    assertPluginError(this::load, jar, "provides nothing");
  }
}
