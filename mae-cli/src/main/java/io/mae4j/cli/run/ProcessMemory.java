package io.mae4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Memory of this process as the operating system counts it. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private ProcessMemory() {}

  /** The largest resident set so far in megabytes, where the system tells. */
  static OptionalInt peakMegabytes() {
    try {
      if (Files.exists(STATUS)) {
        return Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith(PEAK))
            .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
            .findFirst();
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }
}
