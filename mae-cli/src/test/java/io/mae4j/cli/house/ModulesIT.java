package io.mae4j.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each module shows the world is written down in {@code src/test/modules} as {@code jar
 * --describe-module} tells it, so that a change of it is seen in a review. After a wanted change,
 * copy what the failure names.
 */
class ModulesIT {
  private static final Path GOLDEN =
      Distribution.PROJECT.resolve("mae-cli").resolve("src/test/modules");

  static Stream<Path> ownJars() throws IOException {
    return Distribution.ownJars().stream();
  }

  @ParameterizedTest
  @MethodSource("ownJars")
  void aModuleShowsWhatItIsKnownToShow(Path jar) throws IOException {
    String name =
        jar.getFileName()
            .toString()
            .replaceFirst("-" + System.getProperty("mae.version") + ".*", "");
    Path found = Path.of(System.getProperty("mae.distribution"), "..", "modules", name + ".txt");
    Files.createDirectories(found.getParent());
    String description = describe(jar);
    Files.writeString(found, description, StandardCharsets.UTF_8);
    Path known = GOLDEN.resolve(name + ".txt");
    assertThat(known).as("copy it from %s", found.normalize()).exists();
    assertThat(description)
        .as("compare with %s", found.normalize())
        .isEqualTo(Files.readString(known, StandardCharsets.UTF_8));
  }

  private static String describe(Path jar) {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    assertThat(tool.run(out, out, "--describe-module", "--file", jar.toString())).isZero();
    // The first line names the version and the file; the order of the rest is the tool's own.
    return text.toString()
        .lines()
        .skip(1)
        .filter(line -> !line.isBlank())
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
