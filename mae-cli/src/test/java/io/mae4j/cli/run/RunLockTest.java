package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path folder;

  @Test
  void aFolderIsKeptForOneRunAndThenGivenBack() {
    try (RunLock second = new RunLock()) {
      try (RunLock first = new RunLock()) {
        first.take(folder);
        assertThatThrownBy(() -> second.take(folder))
            .isInstanceOfSatisfying(
                MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
            .hasMessageContaining(folder.toString())
            .hasMessageContaining("process " + ProcessHandle.current().pid());
      }
      second.take(folder);
    }
  }

  /** Another process, which takes the lock that it is told of, or fails. */
  private static final String OTHER =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;

      public class Other {
        public static void main(String[] args) throws Exception {
          try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            System.exit(file.tryLock(Long.MAX_VALUE - 1, 1, false) == null ? 7 : 0);
          }
        }
      }
      """;

  private int other() throws IOException, InterruptedException {
    Path source = folder.resolveSibling(folder.getFileName() + "-other").resolve("Other.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, OTHER);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, source.toString(), folder.resolve(RunLock.NAME).toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  @Test
  void anotherProcessIsKeptOutAlsoAfterAnotherRunOfThisOneWasRefused() throws Exception {
    try (RunLock lock = new RunLock();
        RunLock refused = new RunLock()) {
      lock.take(folder);
      assertThatThrownBy(() -> refused.take(folder)).isInstanceOf(MaeException.class);
      assertThat(other()).isEqualTo(7);
    }
    assertThat(other()).isZero();
  }

  @Test
  void whatAKilledRunLeftKeepsNobodyOut() throws IOException {
    Files.writeString(
        folder.resolve(RunLock.NAME), "process 1, a long time ago and much more of it");
    try (RunLock lock = new RunLock()) {
      RunFolder.create(folder, lock);
      assertThat(folder.resolve(RunLock.NAME))
          .hasContent("process " + ProcessHandle.current().pid());
    }
  }

  /** Each holder adds one, not atomically, so that two at once would lose some. */
  @Test
  void neverHaveTwoRunsTheSameFolderHoweverFastTheyComeAndGo() throws Exception {
    int[] count = {0};
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Void> comeAndGo =
        () -> {
          for (int i = 0; i < 500; i++) {
            try (RunLock lock = new RunLock()) {
              lock.take(folder);
              count[0]++;
              taken.incrementAndGet();
            } catch (MaeException busy) {
              assertThat(busy.kind()).isEqualTo(ErrorKind.USER);
            }
          }
          return null;
        };
    try {
      for (Future<Void> end :
          threads.invokeAll(
              IntStream.range(0, 4).mapToObj(i -> comeAndGo).collect(Collectors.toList()))) {
        end.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(count[0]).isEqualTo(taken.get()).isPositive();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    try (RunLock lock = new RunLock()) {
      Path missing = folder.resolve("missing");
      assertThatThrownBy(() -> lock.take(missing))
          .isInstanceOf(MaeException.class)
          .hasMessageContaining(missing.toString());
    }
  }
}
