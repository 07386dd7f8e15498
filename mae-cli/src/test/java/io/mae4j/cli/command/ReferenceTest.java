package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Keeps {@code docs/reference.md} equal to the commands and keys there are. */
class ReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference.md");
  private static final String UPDATE = "mae.reference.update";

  @Test
  void thePageIsWhatTheProgramIs() throws IOException {
    String expected = page();
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/reference.md; write it anew with: ./mvnw -pl mae-cli -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            UPDATE)
        .isEqualTo(expected);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            "# Reference\n\nWritten by the program itself; a test keeps it so.\n\n## Settings\n\n");
    page.append(
        "Each is a key in a `--config` file, an argument of `--set key=value`, and an option of `mae pretrain`. Later ones win, in this order:\n");
    page.append(
        "defaults, the resumed run's, `--config`, `--set`, options. An empty value takes an optional setting back.\n");
    for (Section section : Section.values()) {
      page.append("\n### ")
          .append(section.title())
          .append("\n\n| key | value | default | what it does |\n|---|---|---|---|\n");
      for (ConfigKey<?> key : ConfigKeys.of(section)) {
        String initial = key.printInitial();
        page.append("| `")
            .append(key.name())
            .append("` | ")
            .append(key.type().label().replace("|", " \\| "))
            .append(" | ");
        page.append(initial.isEmpty() ? "" : "`" + initial + "`")
            .append(" | ")
            .append(key.description())
            .append(" |\n");
      }
    }
    page.append("\n## Commands\n");
    Console nowhere =
        new Console(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
    for (CommandLine command : all(CommandLineRunner.cli(nowhere).commands())) {
      page.append("\n### ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
      page.append(command.getUsageMessage(Ansi.OFF).replace("\r\n", "\n").stripTrailing())
          .append("\n```\n");
    }
    return page.toString()
        .lines()
        .map(line -> line.stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
    return all;
  }
}
