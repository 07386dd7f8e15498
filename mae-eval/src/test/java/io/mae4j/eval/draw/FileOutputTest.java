package io.mae4j.eval.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutputTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("b.txt");
    FileOutput.write(file, new byte[] {1, 2, 3});
    FileOutput.write(file, new byte[] {4});
    assertThat(file).hasBinaryContent(new byte[] {4});
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void namesTheFileItCannotWrite() {
    Path file = folder.resolve("missing/b.txt");
    assertThatExceptionOfType(MaeException.class)
        .isThrownBy(() -> FileOutput.write(file, new byte[1]))
        .withMessageContaining(file.toString())
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE));
  }

  @Test
  void keepsEveryPixelInAPng() throws IOException {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0x123456);
    picture.setRGB(1, 0, 0xfedcba);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(FileOutput.png(picture)));
    assertThat(read.getRGB(0, 0, 2, 1, null, 0, 2)).containsExactly(0xff123456, 0xfffedcba);
  }
}
