package io.mae4j.cli.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged distribution: where its parts lie, and a way to start it. */
final class Distribution {
  static final Path HOME = Path.of(System.getProperty("mae.distribution"));
  static final Path PROJECT = Path.of(System.getProperty("mae.project"));
  private static final long PATIENCE_SECONDS = 300;

  private Distribution() {}

  /** What a process left behind. */
  record Outcome(int exitCode, String out, String err) {}

  /** Runs the launcher to its end. */
  static Outcome mae(Path folder, String... arguments) throws IOException, InterruptedException {
    return finish(start(folder, arguments), folder);
  }

  /** Starts the launcher; its outputs go to files in the folder. */
  static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/mae").toString()));
    command.addAll(List.of(arguments));
    return start(folder, command);
  }

  static Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // What runs for seconds is done before the second compiler is worth its while.
    builder.environment().put("JAVA_OPTS", "-Xmx1g -XX:TieredStopAtLevel=1");
    return builder
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  static Outcome finish(Process process, Path folder) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException("still running after " + PATIENCE_SECONDS + " s");
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8),
        Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8));
  }

  /** Names of the engines in the distribution. */
  static List<String> engines() throws IOException {
    try (Stream<Path> folders = Files.list(HOME.resolve("lib/backends"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  /** Folders of modules: those of everybody, and each engine's. */
  static List<Path> modulePath() throws IOException {
    List<Path> folders = new ArrayList<>(List.of(HOME.resolve("lib/modules")));
    for (String engine : engines()) {
      folders.add(HOME.resolve("lib/backends").resolve(engine).resolve("modules"));
    }
    return folders;
  }

  /** Our own jars. */
  static List<Path> ownJars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path folder : modulePath()) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.getFileName().toString().startsWith("mae-")).forEach(jars::add);
      }
    }
    return jars.stream().sorted().toList();
  }
}
