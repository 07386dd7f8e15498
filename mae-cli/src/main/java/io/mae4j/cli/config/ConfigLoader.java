package io.mae4j.cli.config;

import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Overlays settings, the later ones winning, and makes a configuration of them. Nothing is reported
 * before {@link #load()}, which then reports everything that is wrong in all of them together.
 */
public final class ConfigLoader {
  private static final long LARGEST_FILE = 1 << 20;

  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Origin> origins = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Adds a file of {@code key: value} lines. */
  public ConfigLoader file(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST_FILE) {
        problems.add(file + ": too large for a configuration (more than 1 MiB)");
        return this;
      }
      return yaml(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      problems.add(file + ": no such file");
    } catch (CharacterCodingException e) {
      problems.add(file + ": not a text file in UTF-8");
    } catch (IOException e) {
      problems.add(
          file
              + ": cannot be read ("
              + (Files.isDirectory(file) ? "it is a folder" : e.getMessage())
              + ")");
    }
    return this;
  }

  /** Adds {@code key: value} lines under a name for messages. */
  public ConfigLoader yaml(String name, String text) {
    try {
      YamlSettings settings = YamlSettings.parse(name, text);
      problems.addAll(settings.problems());
      settings.lines().forEach(line -> add(line.key(), line.text(), line.origin()));
    } catch (MaeException e) {
      problems.add(e.getMessage());
    }
    return this;
  }

  /** Adds {@code key=value} assignments. */
  public ConfigLoader assignments(List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        problems.add("--set " + assignment + ": expected key=value");
      } else {
        add(
            assignment.substring(0, equals).strip(),
            assignment.substring(equals + 1).strip(),
            Origin.SET);
      }
    }
    return this;
  }

  /** Adds an option of the command line. */
  public ConfigLoader option(ConfigKey<?> key, String text) {
    add(key.name(), text, Origin.OPTION);
    return this;
  }

  /** Adds what a checkpoint holds. Keys of other versions are passed over. */
  public ConfigLoader tree(String name, Map<String, Object> tree) {
    tree.forEach(
        (key, value) -> {
          if (ConfigKeys.find(key).isPresent()) {
            add(key, String.valueOf(value), Origin.named(name));
          }
        });
    return this;
  }

  private void add(String name, String text, Origin origin) {
    ConfigKeys.find(name)
        .ifPresentOrElse(
            key -> parse(key, text, origin),
            () -> problems.add(origin.prefix() + ConfigKeys.unknown(name)));
  }

  private void parse(ConfigKey<?> key, String text, Origin origin) {
    try {
      values.put(key.name(), key.type().parser().apply(text));
      origins.put(key.name(), origin);
    } catch (IllegalArgumentException e) {
      problems.add(origin.of(key.name()) + ": " + e.getMessage());
    }
  }

  /**
   * The configuration.
   *
   * @throws MaeException of kind USER that lists everything that is wrong
   */
  public RunConfig load() {
    Values layered = new Layered(values);
    RunConfig defaults = Sections.defaults();
    RunConfig config =
        new RunConfig(
            section(() -> Sections.model(layered), defaults.model()),
            section(() -> Sections.data(layered), defaults.data()),
            section(() -> Sections.masking(layered), defaults.masking()),
            section(() -> Sections.recipe(layered), defaults.recipe()),
            section(() -> Sections.classifier(layered), defaults.classifier()),
            section(() -> Sections.backend(layered), defaults.backend()),
            section(() -> Sections.output(layered), defaults.output()));
    if (!problems.isEmpty()) {
      throw MaeException.user(
          problems.size() == 1
              ? problems.get(0)
              : problems.size()
                  + " problems in the configuration:\n  "
                  + String.join("\n  ", problems));
    }
    return config;
  }

  private <T> T section(Supplier<T> builder, T fallback) {
    try {
      return builder.get();
    } catch (InvalidSectionException e) {
      e.violations()
          .forEach(
              violation ->
                  problems.add(
                      origins.getOrDefault(violation.key(), Origin.DEFAULT).of(violation.key())
                          + " "
                          + violation.message()));
      return fallback;
    }
  }

  private record Layered(Map<String, Object> values) implements Values {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(ConfigKey<T> key) {
      return (T) values.getOrDefault(key.name(), key.initial());
    }
  }
}
