package io.mae4j.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every module of the distribution. */
class HouseRulesIT {
  private static final String SERVICES = "META-INF/services/";

  /** Which of our modules a module may read; the testkit isn't shipped. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "io.mae4j.api", Set.of(),
          "io.mae4j.core", Set.of("io.mae4j.api"),
          "io.mae4j.data", Set.of("io.mae4j.api"),
          "io.mae4j.eval", Set.of("io.mae4j.api", "io.mae4j.core"),
          "io.mae4j.backend.djl", Set.of("io.mae4j.api"),
          "io.mae4j.backend.nd4j", Set.of("io.mae4j.api"),
          "io.mae4j.cli",
              Set.of("io.mae4j.api", "io.mae4j.core", "io.mae4j.data", "io.mae4j.eval"));

  static Stream<Path> ownJars() throws IOException {
    return Distribution.ownJars().stream();
  }

  @ParameterizedTest
  @MethodSource("ownJars")
  void servicesAreDeclaredAlikeForModulePathAndClassPath(Path jar) throws IOException {
    Map<String, Set<String>> provided = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : descriptor(jar).provides()) {
      provided.put(provides.service(), new TreeSet<>(provides.providers()));
    }
    assertThat(servicesFiles(jar)).isEqualTo(provided);
  }

  @ParameterizedTest
  @MethodSource("ownJars")
  void modulesReadOnlyWhatTheArrowsAllow(Path jar) {
    ModuleDescriptor module = descriptor(jar);
    Set<String> own =
        module.requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> name.startsWith("io.mae4j"))
            .collect(Collectors.toSet());
    assertThat(ARROWS).containsKey(module.name());
    assertThat(ARROWS.get(module.name())).containsAll(own);
  }

  @ParameterizedTest
  @MethodSource("ownJars")
  void packagesAreNamedAfterTheirModule(Path jar) {
    ModuleDescriptor module = descriptor(jar);
    assertThat(module.packages()).allSatisfy(name -> assertThat(name).startsWith(module.name()));
  }

  private static ModuleDescriptor descriptor(Path jar) {
    return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
  }

  private static Map<String, Set<String>> servicesFiles(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().startsWith(SERVICES) && !entry.isDirectory())
          .collect(
              Collectors.toMap(
                  entry -> entry.getName().substring(SERVICES.length()),
                  entry -> new TreeSet<>(lines(file, entry)),
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static Set<String> lines(JarFile file, ZipEntry entry) {
    try (var in = file.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
