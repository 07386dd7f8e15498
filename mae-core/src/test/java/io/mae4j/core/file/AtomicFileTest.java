package io.mae4j.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final int LENGTH = 100_000;

  @TempDir Path folder;

  private static AtomicFile.Content of(int value) {
    return channel -> {
      for (int i = 0; i < LENGTH; i += 1000) {
        byte[] bytes = new byte[1000];
        Arrays.fill(bytes, (byte) value);
        channel.write(ByteBuffer.wrap(bytes));
      }
    };
  }

  @Test
  void ofSeveralThatWriteAtOnceOneWinsWithAllOfItsContent() throws IOException {
    Path file = folder.resolve("file");
    for (int round = 0; round < 20; round++) {
      List<CompletableFuture<Void>> writers =
          IntStream.range(1, 5)
              .mapToObj(i -> CompletableFuture.runAsync(() -> AtomicFile.write(file, of(i))))
              .toList();
      writers.forEach(CompletableFuture::join);
      byte[] bytes = Files.readAllBytes(file);
      assertThat(bytes).hasSize(LENGTH);
      byte[] winner = new byte[LENGTH];
      Arrays.fill(winner, bytes[0]);
      assertThat(bytes).isEqualTo(winner);
    }
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void whatADeadProcessLeftIsRemovedAndNothingElse() throws IOException {
    Path file = folder.resolve("file");
    long dead = deadProcess();
    Path left = Files.createFile(folder.resolve("file." + dead + "-1.partial"));
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    Path living = Files.createFile(folder.resolve("file." + parent + "-1.partial"));
    Path other = Files.createFile(folder.resolve("file2." + dead + "-1.partial"));

    AtomicFile.write(file, of(1));

    assertThat(left).doesNotExist();
    assertThat(living).exists();
    assertThat(other).exists();
  }

  private static long deadProcess() {
    long pid = 4_000_000;
    while (ProcessHandle.of(pid).isPresent()) {
      pid++;
    }
    return pid;
  }

  @Test
  void aFailureOfTheContentLeavesTheOldFileAlone() {
    Path file = folder.resolve("file");
    AtomicFile.write(file, of(1));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      of(2).writeTo(channel);
                      throw new IllegalStateException("no more");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> AtomicFile.write(file, AtomicFileTest::full))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("No space left");
    assertThat(folder.toFile().list()).containsExactly("file");
    assertThat(file).hasSize(LENGTH);
  }

  private static void full(FileChannel channel) throws IOException {
    throw new IOException("No space left on device");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforehand() throws IOException {
    AtomicFile.requireWritable(folder.resolve("file"));
    assertThat(folder).isEmptyDirectory();
    Path missing = folder.resolve("missing/file");
    assertThatThrownBy(() -> AtomicFile.requireWritable(missing))
        .hasMessage("cannot write " + missing + ": its folder does not exist");
    Path inTheWay = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> AtomicFile.requireWritable(inTheWay))
        .hasMessageContaining("a folder of that name is in the way");
  }
}
