package io.mae4j.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.core.masking.RandomMaskingProvider;
import io.mae4j.core.registry.Found;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  private final List<Plugins> loaded = new ArrayList<>();
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(work.resolve("plugins"));
  }

  private PluginBuilder builder(String name) throws IOException {
    return new PluginBuilder(Files.createDirectory(work.resolve(name)));
  }

  @AfterEach
  void closeAll() {
    loaded.forEach(Plugins::close);
  }

  private Plugins load(Path... more) {
    Plugins all = Plugins.load(List.of(plugins), List.of(more));
    loaded.add(all);
    return all;
  }

  private static List<String> names(Plugins plugins) {
    return plugins.find(MaskingStrategyProvider.class).stream()
        .map(found -> found.provider().name())
        .toList();
  }

  private static MaskingStrategyProvider named(String name, Plugins plugins) {
    return plugins.find(MaskingStrategyProvider.class).stream()
        .map(Found::provider)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertPluginError(ThrowingCallable call, Path jar, String... complaints) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageContaining(jar.toString())
        .hasMessageContainingAll(complaints)
        .hasMessageContaining("remove or replace");
  }

  @Test
  void aJarInTheFolderAddsItsMaskingStrategyToTheBuiltInOnes() throws IOException {
    builder("first").maskingProvider("First", "first", "").jar(plugins.resolve("first.jar"));

    assertThat(names(load()))
        .contains("random", "block", "grid")
        .endsWith("first")
        .doesNotHaveDuplicates();
  }

  @Test
  void aFolderOfJarsIsOnePlugin() throws IOException {
    Path folder = Files.createDirectory(plugins.resolve("bundle"));
    builder("one").maskingProvider("One", "one", "").jar(folder.resolve("one.jar"));

    assertThat(names(load())).contains("one");
    assertThat(load().locations()).containsExactly(folder);
  }

  @Test
  void aJarNamedOnTheCommandLineIsLoadedToo() throws IOException {
    Path jar =
        builder("other").maskingProvider("Other", "other", "").jar(work.resolve("other.jar"));

    assertThat(names(load(jar))).contains("other");
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

    assertPluginError(this::load, jar, "strange.Broken", "the class strange.Helper is missing");
  }

  @Test
  void aProviderThatIsNotInTheJarNamesJarAndClass() throws IOException {
    Path jar =
        builder("absent")
            .maskingProvider("Absent", "absent", "")
            .jar(plugins.resolve("absent.jar"), "strange/Absent.class");

    assertPluginError(this::load, jar, "the class strange.Absent is missing");
  }

  @Test
  void aProviderThatThrowsNamesJarAndItsWords() throws IOException {
    Path jar =
        builder("angry")
            .maskingProvider(
                "Angry", "angry", "if (true) throw new IllegalStateException(\"no licence\");")
            .jar(plugins.resolve("angry.jar"));

    assertPluginError(this::load, jar, "strange.Angry", "no licence");
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

  @Test
  void aProviderThatFailsIsNotSaidToBeADefectOfMae4j() throws IOException {
    Path jar =
        builder("nameless")
            .maskingProvider("Nameless", "", "Thrower.fail()", "null")
            .source(
                "Thrower",
                "package strange; class Thrower { static String fail() { throw new IllegalStateException(\"no name today\"); } }")
            .jar(plugins.resolve("nameless.jar"));
    MaskingStrategyProvider provider =
        load().find(MaskingStrategyProvider.class).stream()
            .filter(found -> found.origin().startsWith("strange."))
            .findFirst()
            .orElseThrow()
            .provider();

    assertPluginError(provider::name, jar, "strange.Nameless", "failed in name(): no name today");
    assertPluginError(
        provider::description, jar, "strange.Nameless", "returned nothing from description()");
  }

  @Test
  void aProviderWhoseSuperclassIsMissingNamesBoth() throws IOException {
    Path jar =
        builder("orphan")
            .source("Parent", "package strange; public class Parent {}")
            .source(
                "Orphan",
                "package strange; public abstract class Orphan extends Parent implements io.mae4j.api.masking.MaskingStrategyProvider {}")
            .service("strange.Orphan")
            .jar(plugins.resolve("orphan.jar"), "strange/Parent.class");

    assertPluginError(this::load, jar, "strange.Orphan", "the class strange.Parent is missing");
  }

  @Test
  void aClassThatIsNoProviderIsNamed() throws IOException {
    Path jar =
        builder("other")
            .source("Other", "package strange; public class Other {}")
            .service("strange.Other")
            .jar(plugins.resolve("other.jar"));

    assertPluginError(
        this::load, jar, "strange.Other", "it is no " + MaskingStrategyProvider.class.getName());
  }

  @Test
  void aProviderThatCannotBeMadeByAnybodyIsNamed() throws IOException {
    Path jar =
        builder("shy")
            .source(
                "Shy",
                "package strange; public abstract class Shy implements io.mae4j.api.masking.MaskingStrategyProvider {}")
            .service("strange.Shy")
            .jar(plugins.resolve("shy.jar"));

    assertPluginError(
        this::load, jar, "strange.Shy", "no public class with a public constructor without");
  }

  @Test
  void aDeclarationThatIsNoNameIsShown() throws IOException {
    Path jar =
        builder("garbled")
            .service("not a name")
            .source("Idle", "package strange; public class Idle {}")
            .jar(plugins.resolve("garbled.jar"));

    assertPluginError(this::load, jar, "not a name");
  }

  @Test
  void oneJarOfAFolderIsNamedWhereItIsTheBrokenOne() throws IOException {
    Path folder = Files.createDirectory(plugins.resolve("bundle"));
    builder("sound").maskingProvider("Sound", "sound", "").jar(folder.resolve("sound.jar"));
    Path jar =
        builder("angry")
            .maskingProvider("Angry", "angry", "if (true) throw new IllegalStateException();")
            .jar(folder.resolve("angry.jar"));

    assertPluginError(this::load, jar, "strange.Angry", "IllegalStateException");
  }

  @Test
  void aBrokenProviderOnThePathOfTheProductIsNamed() throws IOException {
    Path jar =
        builder("engine")
            .maskingProvider(
                "Engine", "engine", "if (true) throw new IllegalStateException(\"no\");")
            .jar(work.resolve("engine.jar"));
    try (URLClassLoader product =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, Plugins.class.getClassLoader())) {
      assertPluginError(
          () -> Plugins.load(product, List.of(), List.of()), jar, "strange.Engine", "no");
    }
  }

  /** A program that embeds mae4j may have any loader in its threads. */
  @Test
  void theLoaderOfTheThreadDecidesNothing() throws IOException {
    Path jar =
        builder("broken")
            .maskingProvider("Angry", "angry", "if (true) throw new IllegalStateException();")
            .jar(work.resolve("broken.jar"));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader strange = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      for (ClassLoader loader :
          new ClassLoader[] {strange, ClassLoader.getPlatformClassLoader(), null}) {
        thread.setContextClassLoader(loader);
        assertThat(names(load())).containsExactlyInAnyOrder("random", "block", "grid");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aPluginMeetsItsOwnVersionOfALibraryThatTheProductHasToo() throws IOException {
    builder("library")
        .source(
            "picocli",
            "CommandLine",
            "package picocli; public class CommandLine { public static String words() { return \"the plugin's own\"; } }")
        .maskingProvider("Library", "", "\"library\"", "picocli.CommandLine.words()")
        .jar(plugins.resolve("library.jar"));

    assertThat(named("library", load()).description()).isEqualTo("the plugin's own");
  }

  @Test
  void aPluginMeetsItsOwnFilesFirst() throws IOException {
    builder("files")
        .file(
            "META-INF/services/io.mae4j.api.data.DatasetProvider",
            "# none of our own".getBytes(StandardCharsets.UTF_8))
        .maskingProvider(
            "OwnFiles",
            "",
            "\"files\"",
            "OwnFiles.class.getResource(\"/META-INF/services/io.mae4j.api.data.DatasetProvider\").toString()")
        .jar(plugins.resolve("files.jar"));

    assertThat(named("files", load()).description()).contains("files.jar");
  }

  @Test
  void aPluginMeetsTheLibrariesOfTheProductThatItDoesNotBring() throws IOException {
    builder("guest")
        .maskingProvider(
            "Guest", "", "\"guest\"", "picocli.CommandLine.VERSION + java.sql.Types.BIT")
        .jar(plugins.resolve("guest.jar"));

    assertThat(named("guest", load()).description()).isEqualTo(picocli.CommandLine.VERSION + "-7");
  }

  @Test
  void aCopyOfMae4jInAPluginIsLeftAlone() throws IOException {
    PluginBuilder fat = builder("fat").maskingProvider("Fat", "fat", "");
    for (Class<?> copied : List.of(MaskingStrategyProvider.class, RandomMaskingProvider.class)) {
      String file = copied.getName().replace('.', '/') + ".class";
      try (InputStream in = copied.getClassLoader().getResourceAsStream(file)) {
        fat.file(file, in.readAllBytes());
      }
    }
    fat.service("strange.Fat\n" + RandomMaskingProvider.class.getName())
        .jar(plugins.resolve("fat.jar"));

    assertThat(names(load())).containsExactlyInAnyOrder("random", "block", "grid", "fat");
  }

  @Test
  void aModuleNeedsNoFileThatNamesItsProvider() throws IOException {
    builder("module")
        .maskingProvider("Modular", "modular", "")
        .module("strange.Modular")
        .jar(plugins.resolve("module.jar"));

    assertThat(names(load())).contains("modular");
  }

  @Test
  void aModuleMeetsItsOwnVersionOfALibraryToo() throws IOException {
    builder("modular")
        .source(
            "picocli",
            "CommandLine",
            "package picocli; public class CommandLine { public static String words() { return \"the module's own\"; } }")
        .maskingProvider("Library", "", "\"library\"", "picocli.CommandLine.words()")
        .module("strange.Library")
        .jar(plugins.resolve("modular.jar"));

    assertThat(named("library", load()).description()).isEqualTo("the module's own");
  }

  @Test
  void aClosedPluginLetsGoOfItsJarAndProvidesNothing() throws IOException {
    builder("lazy")
        .source("Late", "package strange; class Late { static String word() { return \"late\"; } }")
        .maskingProvider("Lazy", "", "\"lazy\"", "Late.word()")
        .jar(plugins.resolve("lazy.jar"));
    Plugins all = load();
    MaskingStrategyProvider lazy = named("lazy", all);

    all.close();

    assertPluginError(
        lazy::description, plugins.resolve("lazy.jar"), "the class strange.Late is missing");
    assertThatThrownBy(() -> all.find(MaskingStrategyProvider.class))
        .hasMessageContaining("closed");
  }
}
