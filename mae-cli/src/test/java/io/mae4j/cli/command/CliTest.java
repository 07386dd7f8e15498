package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.command.CommandLineRunner.Result;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CliTest {

  private static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    collect(
        CommandLineRunner.cli(
                new Console(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(new StringWriter()),
                    false))
            .commands(),
        all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, into));
  }

  @Test
  void pretrainHasAnOptionForEveryKey() {
    CommandLine pretrain =
        commands().stream()
            .filter(command -> command.getCommandName().equals("pretrain"))
            .findFirst()
            .orElseThrow();
    assertThat(ConfigKeys.PRETRAINING)
        .extracting(ConfigKey::option)
        .allSatisfy(
            option ->
                assertThat(pretrain.getCommandSpec().findOption(option)).as(option).isNotNull());
  }

  @Test
  void aFullHeapIsAWantOfMemoryAndNoDefectWhereverItShows() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    for (Throwable failure :
        List.of(
            full,
            new IllegalStateException("a worker failed", full),
            new MaeException(ErrorKind.INTERNAL, "the engine failed", full))) {
      StringWriter err = new StringWriter();
      Console console =
          new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true), false);
      Cli cli =
          new Cli(
              new Context(
                  console,
                  (plugins, target) -> {
                    throw CliTest.<RuntimeException>unchecked(failure);
                  }));
      assertThat(cli.run("info")).as(failure.toString()).isEqualTo(1);
      assertThat(err.toString())
          .contains("out of memory (Java heap space)", "JAVA_OPTS=-Xmx")
          .doesNotContain("defect");
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void helpOfEveryCommandMentionsEveryOfItsOptions() {
    for (CommandLine command : commands()) {
      List<String> path = path(command);
      Result help = CommandLineRunner.run(path(path, "--help"));
      assertThat(help.exitCode()).as("%s", path).isZero();
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(help.out().replace("[no-]", "")).as("%s", path).contains(option.longestName());
      }
      assertThat(help.out()).as("%s", path).contains("Usage: mae").doesNotContain("null");
    }
  }

  private static List<String> path(CommandLine command) {
    List<String> names =
        new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
    names.remove(0);
    return names;
  }

  private static String[] path(List<String> path, String last) {
    List<String> args = new ArrayList<>(path);
    args.add(last);
    return args.toArray(String[]::new);
  }

  @Test
  void helpIsNoWiderThanATerminalMayBe() {
    assertThat(CommandLineRunner.run("pretrain", "--help").out().lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(120));
  }

  @Test
  void tellsItsVersion() {
    Result result = CommandLineRunner.run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("mae4j ").contains("Java ");
  }

  @Test
  void aWrongCommandLineIsRefusedWithASuggestion() {
    Result result = CommandLineRunner.run("pretrain", "--mask-ration", "0.5");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--mask-ration")
        .contains("--mask-ratio")
        .contains("Try 'mae pretrain --help'.");
    assertThat(result.out()).isEmpty();
    assertThat(CommandLineRunner.run().exitCode()).isEqualTo(2);
    assertThat(CommandLineRunner.run("evaluate").err()).contains("finetune, knn, linear, partial");
    assertThat(CommandLineRunner.run("pretrian").err()).contains("pretrain");
  }

  @Test
  void wrongSettingsAreRefusedTogether() {
    Result result =
        CommandLineRunner.run("pretrain", "--epochs", "0", "--mask-ratio", "2", "--set", "sead=1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("3 problems")
        .contains("--epochs must be at least 1, got 0")
        .contains("--mask-ratio must be above 0 and below 1, got 2.0")
        .contains("Did you mean 'seed'?")
        .doesNotContain("\tat ");
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    assertThat(CommandLineRunner.run("pretrain", "--backend", "tensorflow"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
        .satisfies(
            result ->
                assertThat(result.err()).contains("No engine 'tensorflow'. Available: reference."));
    assertThat(CommandLineRunner.run("pretrain", "--data", "/no/such/folder"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
        .satisfies(
            result -> assertThat(result.err()).contains("/no/such/folder").contains("sample"));
    assertThat(CommandLineRunner.run("info", "no-such-run").err())
        .contains("no-such-run does not exist");
  }

  @Test
  void infoTellsWhatIsInstalled() {
    Result text = CommandLineRunner.run("info");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("reference")
        .contains("sample")
        .contains("random")
        .contains("knn");
    JsonNode json = JsonMapper.shared().readTree(CommandLineRunner.run("info", "--json").out());
    assertThat(json.path("engines").path(0).path("name").asString()).isEqualTo("reference");
    assertThat(json.path("engines").path(0).path("devices").path(0).path("name").asString())
        .isEqualTo("cpu");
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOptions() {
    Result result = CommandLineRunner.run("completion");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("#!")
        .contains("pretrain")
        .contains("--mask-ratio")
        .contains("--norm-pix-loss");
    assertThat(Pattern.compile("tiny.{1,3}small").matcher(result.out()).find()).isTrue();
  }

  @Test
  void theRecipeOfTheQuickstartIsPrintedAsAFileAndNothingIsTrained(@TempDir Path folder)
      throws IOException {
    Result result = CommandLineRunner.run("quickstart", "--print-recipe");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("norm-pix-loss: true").doesNotContain("Top-1");
    Path recipe = Files.writeString(folder.resolve("my.yaml"), result.out());
    assertThat(
            CommandLineRunner.run("pretrain", "--config", recipe.toString(), "--mask-ratio", "2")
                .err())
        .contains("--mask-ratio must be")
        .doesNotContain("my.yaml");
  }
}
