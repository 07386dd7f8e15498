package io.mae4j.data.dataset;

import io.mae4j.api.error.MaeException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Understands locations as paths. */
final class Locations {

  private Locations() {}

  /** The folder that a location names, if there is one. */
  static Optional<Path> folder(String location) {
    try {
      return Optional.of(Path.of(location)).filter(Files::isDirectory);
    } catch (InvalidPathException notPath) {
      return Optional.empty();
    }
  }

  /**
   * The folder that a location names.
   *
   * @throws MaeException of kind DATA if there is none
   */
  static Path requireFolder(String location) {
    return folder(location).orElseThrow(() -> MaeException.data("there is no folder " + location));
  }
}
