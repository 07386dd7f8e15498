package io.mae4j.cli.run;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a run and the names in it. Files are replaced as a whole, so that a reader never
 * sees half of one.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
  /** The folder of all runs without {@code --out}. */
  public static final Path RUNS = Path.of("runs");

  private static final int MOST_RUNS = 100_000;

  /**
   * Makes a new folder.
   *
   * @param lock keeps it from then on
   * @throws MaeException of kind USER if something is in it already or another run keeps it, of
   *     kind RESOURCE if it cannot be made
   */
  public static RunFolder create(Path path, RunLock lock) {
    return create(
        path, lock, "; take another --out, or go on with what is there by --resume " + path);
  }

  /**
   * Makes a new folder.
   *
   * @param lock keeps it from then on
   * @param advice what to do if something is in it already, after the words that say so
   */
  public static RunFolder create(Path path, RunLock lock, String advice) {
    try {
      Files.createDirectories(path);
      requireEmpty(path, advice);
      lock.take(path);
      requireEmpty(path, advice); // another run may have come and gone meanwhile
      return new RunFolder(path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static void requireEmpty(Path path, String advice) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      if (files.anyMatch(file -> !file.endsWith(RunLock.NAME))) {
        throw MaeException.user(path + " is not empty" + advice);
      }
    }
  }

  /**
   * Makes the first free folder {@code runs/NAME-1}, {@code runs/NAME-2} and so on.
   *
   * @param lock keeps it from then on
   */
  public static RunFolder next(String name, RunLock lock) {
    try {
      Files.createDirectories(RUNS);
    } catch (IOException e) {
      throw unusable(RUNS, e);
    }
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    for (int number = 1; number < MOST_RUNS; number++) {
      Optional<RunFolder> made = make(RUNS.resolve(safe + "-" + number));
      if (made.isPresent()) {
        lock.take(made.get().path());
        return made.get();
      }
    }
    throw MaeException.resource(
        "no free folder " + RUNS.resolve(safe) + "-N; remove old runs or give --out");
  }

  /** Makes a folder unless it is there. */
  private static Optional<RunFolder> make(Path path) {
    try {
      return Optional.of(new RunFolder(Files.createDirectory(path)));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * The folder of a run that exists.
   *
   * @param path the folder or its checkpoint
   */
  public static RunFolder existing(Path path) {
    if (Files.isDirectory(path)) {
      return new RunFolder(path);
    }
    if (!Files.exists(path)) {
      throw MaeException.user(path + " does not exist");
    }
    Path parent = path.getParent();
    return new RunFolder(parent == null ? Path.of(".") : parent);
  }

  /** The run's name. */
  public String name() {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  /** What the run was told. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** A line for each logged step. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Where the run stands. */
  public Path checkpoint() {
    return path.resolve("checkpoint.safetensors");
  }

  /** A line for each measurement on the test images. */
  public Path scores() {
    return path.resolve("scores.jsonl");
  }

  /** Where the run stood when it was best on the test images. */
  public Path best() {
    return path.resolve("best.safetensors");
  }

  /** Which classes are taken for which. */
  public Path confusion() {
    return path.resolve("confusion.png");
  }

  /** The loss curve. */
  public Path lossCurve() {
    return path.resolve("loss.png");
  }

  /** Rebuilt images. */
  public Path reconstructions() {
    return path.resolve("reconstructions.png");
  }

  /** Results of evaluations. */
  public Path results() {
    return path.resolve("results.json");
  }

  /**
   * What one evaluator found.
   *
   * @param model what was measured: this folder or its checkpoint, or another file in it, which
   *     gets a file of its own
   */
  public Path evaluation(String evaluator, Path model) {
    boolean own = Files.isDirectory(model) || model.endsWith(checkpoint().getFileName());
    return path.resolve(
        "evaluation-" + evaluator + (own ? "" : "-" + model.getFileName()) + ".json");
  }

  /** The page that ties everything together. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Replaces a file of the folder by a text. */
  public void write(Path file, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private static MaeException unusable(Path path, IOException e) {
    return new MaeException(
        ErrorKind.RESOURCE,
        "cannot make the folder " + path + " (" + reason(e) + "); take another --out",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file of that name is in the way";
    }
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : "the system refuses it";
  }
}
