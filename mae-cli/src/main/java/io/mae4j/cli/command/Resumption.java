package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.run.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --resume}. */
final class Resumption {
  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "RUN",
      description =
          "Go on with a run: its folder or checkpoint; without a value, the one of --out.")
  @Nullable String resume;

  /**
   * The folder to go on in, if that is asked.
   *
   * @param out what {@code --out} says
   */
  Optional<RunFolder> folder(Optional<String> out) {
    if (resume == null) {
      return Optional.empty();
    }
    if (resume.isEmpty() && out.isEmpty()) {
      throw MaeException.user(
          "--resume without a value goes on with the run of --out, which is not given either");
    }
    RunFolder folder = RunFolder.existing(Path.of(resume.isEmpty() ? out.orElseThrow() : resume));
    if (out.isPresent()
        && !Path.of(out.get())
            .toAbsolutePath()
            .normalize()
            .equals(folder.path().toAbsolutePath().normalize())) {
      throw MaeException.user(
          "a resumed run goes on in its own folder "
              + folder.path()
              + "; leave out --out "
              + out.get());
    }
    return Optional.of(folder);
  }
}
