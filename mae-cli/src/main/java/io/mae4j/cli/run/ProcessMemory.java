package io.mae4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Memory of this process as the operating system counts it. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final String NOW = "VmRSS:";
  private static final long KIB = 1024;
  private static final long MIB = KIB * KIB;

  private ProcessMemory() {}

  /** The largest resident set so far in megabytes, where the system tells. */
  static OptionalInt peakMegabytes() {
    return megabytes(bytes(PEAK));
  }

  /** The resident set in bytes, where the system tells. */
  static OptionalLong currentBytes() {
    return bytes(NOW);
  }

  private static OptionalInt megabytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? OptionalInt.of((int) (bytes.getAsLong() / MIB))
        : OptionalInt.empty();
  }

  private static OptionalLong bytes(String field) {
    try {
      if (Files.exists(STATUS)) {
        return Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
            .findFirst();
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
