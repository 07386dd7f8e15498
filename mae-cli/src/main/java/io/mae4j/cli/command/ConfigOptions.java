package io.mae4j.cli.command;

import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.config.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code --config}, {@code --set}, and an option for each key that a command takes. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read settings from a YAML file of 'key: value' lines; keys are named like the options.")
  List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting of the file; may be given several times.")
  List<String> assignments = List.of();

  private final Map<ConfigKey<?>, String> given = new LinkedHashMap<>();

  /**
   * Adds the options of these keys to a command, a group for each section.
   *
   * @param initial what holds when an option is not given, for help; the empty text where that is a
   *     run's own
   */
  void register(
      CommandSpec command, List<ConfigKey<?>> keys, Function<ConfigKey<?>, String> initial) {
    for (Section section : Section.values()) {
      List<OptionSpec> options = new ArrayList<>();
      for (ConfigKey<?> key : keys) {
        if (key.section() == section) {
          options.add(option(key, initial.apply(key)));
        }
      }
      if (!options.isEmpty()) {
        ArgGroupSpec.Builder group =
            ArgGroupSpec.builder()
                .validate(false)
                .multiplicity("0..1")
                .heading("%n" + section.title() + ":%n");
        options.forEach(group::addArg);
        command.addArgGroup(group.build());
      }
    }
  }

  private OptionSpec option(ConfigKey<?> key, String initial) {
    ISetter setter =
        new ISetter() {
          @Override
          @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
          public <T> T set(T value) {
            if (value != null) {
              given.put(key, String.valueOf(value));
            }
            return value;
          }
        };
    boolean flag = key.type().equals(ValueType.FLAG);
    boolean silent = initial.isEmpty() || (flag && initial.equals("false"));
    OptionSpec.Builder option =
        OptionSpec.builder(key.option())
            .type(flag ? Boolean.class : String.class)
            .arity(flag ? "0" : "1")
            .negatable(flag)
            .description(
                (key.description() + (silent ? "" : " Default: " + initial + "."))
                    .replace("%", "%%"))
            .setter(setter);
    if (!flag) {
      option.paramLabel(key.type().label());
      if (!key.type().words().isEmpty()) {
        option.completionCandidates(key.type().words());
      }
    }
    return option.build();
  }

  /** Overlays the files, assignments and options, in this order. */
  ConfigLoader overlay(ConfigLoader loader) {
    files.forEach(loader::file);
    loader.assignments(assignments);
    given.forEach(loader::option);
    return loader;
  }

  /**
   * A recipe as a file of {@code key: value} lines: as it is if nothing was said besides, otherwise
   * what would hold for each key.
   *
   * @param name its name, for messages
   * @param text it
   * @param keys what it can hold
   * @throws io.mae4j.api.error.MaeException of kind USER that lists everything that is wrong
   */
  String recipe(String name, String text, List<ConfigKey<?>> keys) {
    if (files.isEmpty() && assignments.isEmpty() && given.isEmpty()) {
      return text.stripTrailing();
    }
    RunConfig config = overlay(new ConfigLoader().yaml(name, text)).load();
    return ConfigYaml.write(config, keys).stripTrailing();
  }

  /** The text that an option of this command line gives to a key. */
  Optional<String> given(String name) {
    return given.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
