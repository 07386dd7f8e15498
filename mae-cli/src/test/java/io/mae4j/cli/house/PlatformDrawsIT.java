package io.mae4j.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All draws are those of {@code io.mae4j.api.random}: another release of Java may draw other
 * numbers, and compute the last bit of a function otherwise.
 */
class PlatformDrawsIT {
  /** As a class of its own, as an element of an array, in a descriptor or in a signature. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "(^|[L\\[<])java/(util/(Random|SplittableRandom|concurrent/ThreadLocalRandom|random/\\w+)"
              + "|security/SecureRandom)($|;)");

  private static final Pattern DRAW =
      Pattern.compile(
          "java/lang/(Strict)?Math\\.random\\(.*|java/util/Collections\\.shuffle\\(.*"
              + "|java/util/UUID\\.randomUUID\\(.*");

  /** What begins anew each time: no test fails the same way twice with it. */
  private static final Pattern UNSEEDED =
      Pattern.compile(
          "java/lang/(Strict)?Math\\.random\\(.*|java/util/UUID\\.randomUUID\\(.*"
              + "|java/util/(Random|SplittableRandom)\\.<init>\\(\\)V"
              + "|java/util/concurrent/ThreadLocalRandom\\..*|java/security/SecureRandom\\..*"
              + "|java/util/Collections\\.shuffle\\(Ljava/util/List;\\)V");

  private static final Pattern LOOSE_FUNCTION =
      Pattern.compile(
          "java/lang/Math\\.(a?sin|a?cos|a?tan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow"
              + "|cbrt|hypot|toRadians|toDegrees)\\(.*");

  /** All but the guides, which are built after this module. */
  static Stream<Path> modules() throws IOException {
    try (Stream<Path> sources = Files.walk(Distribution.PROJECT, 6)) {
      return sources
          .filter(path -> path.endsWith("src/main/java"))
          .map(path -> path.getParent().getParent().getParent())
          .filter(module -> !module.endsWith("docs"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Modules whose arithmetic decides what a run does: all but the engines and what checks them. */
  static Stream<Path> exactModules() throws IOException {
    return modules()
        .filter(module -> !module.getFileName().toString().matches("mae-(backend-.*|testkit)"));
  }

  private static List<String> found(
      Path module, String classes, BiPredicate<ClassConstants, Pattern> rule, Pattern pattern)
      throws IOException {
    Path folder = module.resolve("target").resolve(classes);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(all).as("classes in %s", folder).isNotEmpty();
      return all.stream()
          .filter(file -> rule.test(constants(file), pattern))
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static ClassConstants constants(Path file) {
    try {
      return ClassConstants.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean mentions(ClassConstants constants, Pattern pattern) {
    return constants.texts().stream().anyMatch(text -> pattern.matcher(text).find());
  }

  private static boolean calls(ClassConstants constants, Pattern pattern) {
    return constants.members().stream().anyMatch(pattern.asMatchPredicate());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void nothingThatIsShippedKnowsASourceOfThePlatform(Path module) throws IOException {
    assertThat(found(module, "classes", PlatformDrawsIT::mentions, SOURCE))
        .as("take io.mae4j.api.random.Draws instead of a generator of the platform")
        .isEmpty();
    assertThat(found(module, "classes", PlatformDrawsIT::calls, DRAW))
        .as("take io.mae4j.api.random.Draws instead of a draw of the platform")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exactModules")
  void functionsHaveTheSameLastBitEverywhere(Path module) throws IOException {
    assertThat(found(module, "classes", PlatformDrawsIT::calls, LOOSE_FUNCTION))
        .as("take StrictMath: the last bit of Math is the platform's choice")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void testsDrawFromAStatedSeed(Path module) throws IOException {
    if (Files.isDirectory(module.resolve("src/test/java"))) {
      assertThat(found(module, "test-classes", PlatformDrawsIT::calls, UNSEEDED)).isEmpty();
    }
  }

  @Test
  void allModulesAreLookedAt() throws IOException {
    assertThat(modules().map(module -> module.getFileName().toString()))
        .contains(
            "mae-api",
            "mae-backend-djl",
            "mae-backend-nd4j",
            "mae-cli",
            "mae-core",
            "mae-data",
            "mae-eval",
            "mae-testkit",
            "fovea-masking",
            "nearest-centroid");
  }
}
