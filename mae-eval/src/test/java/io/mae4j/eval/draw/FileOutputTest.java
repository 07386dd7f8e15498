package io.mae4j.eval.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutputTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("a/b.txt");
    FileOutput.write(file, new byte[] {1, 2, 3});
    FileOutput.write(file, new byte[] {4});
    assertThat(file).hasBinaryContent(new byte[] {4});
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void namesTheFileItCannotWrite() throws IOException {
    Path blocked = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    assertThatExceptionOfType(MaeException.class)
        .isThrownBy(() -> FileOutput.write(blocked, new byte[1]))
        .withMessageContaining(blocked.toString())
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(blocked);
    }
  }
}
