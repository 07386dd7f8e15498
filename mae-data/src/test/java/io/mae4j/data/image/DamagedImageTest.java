package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that must be refused, and how. */
class DamagedImageTest {
  private static final ImageDecoder DECODER = new ImageDecoder();

  @TempDir private Path folder;

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContainingAll(words);
  }

  private static void assertRefused(byte[] file, String reason) {
    assertRefused(() -> DECODER.decode("photo.x", file, 3), "photo.x: " + reason);
  }

  @TestFactory
  List<DynamicTest> aFileCutShortAnywhereIsRefused() {
    return Resources.table("expected.tsv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0],
                    () -> {
                      byte[] file = Resources.bytes(row[0]);
                      // Every length near the end, where readers like to forgive, and some before.
                      for (int length = file.length - 1; length >= 0; ) {
                        assertCutIsRefused(row[0], file, length);
                        length -= length > file.length - 80 ? 1 : 37;
                      }
                    }))
        .collect(Collectors.toList());
  }

  private static void assertCutIsRefused(String name, byte[] file, int length) {
    try {
      DECODER.decode(name, Arrays.copyOf(file, length), 3);
    } catch (MaeException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.DATA);
      assertThat(e).hasMessageStartingWith(name + ": ");
      return;
    }
    fail(name + " was decoded from " + length + " of its " + file.length + " bytes");
  }

  /**
   * Whether single wrong bytes change pixels cannot be known in every format; but whatever they do,
   * it is a picture or a refusal that names the file, never another failure.
   */
  @TestFactory
  List<DynamicTest> wrongBytesGiveAPictureOrARefusal() {
    return Resources.table("expected.tsv").stream()
        .map(row -> DynamicTest.dynamicTest(row[0], () -> damageAtRandom(row[0])))
        .collect(Collectors.toList());
  }

  private static void damageAtRandom(String name) {
    ImageDecoder decoder = new ImageDecoder(1 << 20);
    byte[] file = Resources.bytes(name);
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int round = 0; round < 60; round++) {
      byte[] damaged = file.clone();
      int reach = round % 2 == 0 ? Math.min(200, file.length) : file.length;
      for (int i = 0; i <= round % 4; i++) {
        damaged[random.nextInt(reach)] = (byte) random.nextInt(256);
      }
      try {
        decoder.decode(name, damaged, 3);
      } catch (MaeException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.DATA);
        assertThat(e).hasMessageStartingWith(name + ": ");
      }
    }
  }

  @Test
  void anEmptyFileIsRefused() {
    assertRefused(new byte[0], "the file is empty");
  }

  @Test
  void whatIsNoPictureIsRefused() {
    byte[] noise = new byte[4096];
    new SplittableRandom(1).nextBytes(noise);
    assertRefused(noise, "not a JPEG, PNG, GIF, BMP, WebP or TIFF image");
    assertRefused("<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8), "not a JPEG, PNG");
  }

  @Test
  void nothingButFirstBytesIsRefused() {
    for (String start :
        List.of("\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n", "GIF89a", "BM", "II*\0", "MM\0*")) {
      assertRefused(start.getBytes(StandardCharsets.ISO_8859_1), "");
    }
    assertRefused("RIFF\4\0\0\0WEBP".getBytes(StandardCharsets.ISO_8859_1), "");
  }

  @Test
  void aWrongChecksumOfAPngIsRefused() {
    byte[] png = Resources.bytes("rgb.png");
    png[png.length / 2] ^= 1;
    assertRefused(png, "PNG chunk at byte 33 has a wrong checksum");
  }

  @Test
  void aPngWithFewerRowsThanItSaysIsRefused() throws IOException {
    byte[] png = Resources.bytes("rgb.png");
    ByteBuffer.wrap(png).putInt(20, 46);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertRefused(png, "damaged image");
  }

  @Test
  void aGifWithFewerRowsThanItSaysIsRefused() {
    for (String file : List.of("palette.gif", "interlaced.gif")) {
      byte[] gif = Resources.bytes(file);
      int picture = 13 + 3 * (2 << (gif[10] & 7));
      while (gif[picture] != 0x2c) {
        picture++;
      }
      ByteBuffer.wrap(gif)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putShort(8, (short) 46)
          .putShort(picture + 7, (short) 46);
      assertRefused(gif, "GIF with 2745 of 2806 pixels");
    }
  }

  @Test
  void aTiffWithFewerRowsThanItSaysIsRefused() {
    for (String file : List.of("big-endian.tiff", "grey-16.tiff", "white-is-zero.tiff")) {
      byte[] tiff = Resources.bytes(file);
      boolean little = tiff[0] == 'I';
      ByteBuffer.wrap(tiff)
          .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
          .putShort(30, (short) 14);
      assertRefused(tiff, "damaged image");
    }
  }

  @Test
  void scrambledJpegDataIsRefused() {
    byte[] jpeg = Resources.bytes("baseline-420.jpg");
    // A marker in the middle of the entropy-coded data ends it early.
    int middle = jpeg.length * 3 / 4;
    jpeg[middle] = (byte) 0xff;
    jpeg[middle + 1] = (byte) 0xd9;
    assertRefused(jpeg, "Corrupt JPEG data: premature end of data segment");
  }

  @Test
  void aPictureLargerThanTheLimitIsRefusedBeforeItIsDecoded() {
    ImageDecoder small = new ImageDecoder(45 * 61 - 1);
    for (String file :
        List.of("baseline-444.jpg", "rgb.png", "palette.gif", "lzw.tiff", "lossless.webp")) {
      assertRefused(
          () -> small.decode(file, Resources.bytes(file), 3),
          file + ": too large: 61 by 45 pixels; the limit is 2744 in all");
    }
    assertRefused(
        () -> new ImageDecoder(13 * 21 - 1).decode("x", Resources.bytes("padded-rows.bmp"), 3),
        "too large: 21 by 13 pixels");
    assertThat(new ImageDecoder(45 * 61).decode("", Resources.bytes("rgb.png"), 3).height())
        .isEqualTo(45);
  }

  @Test
  void aSmallFileThatClaimsGigapixelsIsRefused() {
    byte[] png = Resources.bytes("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertRefused(png, "too large: 60000 by 60000 pixels");

    byte[] wide = Resources.bytes("rgb.png");
    ByteBuffer.wrap(wide).putInt(16, 65_536).putInt(20, 1);
    crc.reset();
    crc.update(wide, 12, 17);
    ByteBuffer.wrap(wide).putInt(29, (int) crc.getValue());
    assertRefused(wide, "too large: 65536 by 1 pixels");

    byte[] gif = Resources.bytes("palette.gif");
    int picture = 13 + 3 * (2 << (gif[10] & 7));
    while (gif[picture] != 0x2c) {
      picture++;
    }
    ByteBuffer.wrap(gif)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(6, (short) 60_000)
        .putShort(8, (short) 60_000)
        .putShort(picture + 5, (short) 60_000)
        .putShort(picture + 7, (short) 60_000);
    assertRefused(gif, "GIF with 2745 of 3600000000 pixels");

    byte[] tiff = Resources.bytes("big-endian.tiff");
    ByteBuffer.wrap(tiff).putShort(18, (short) 60_000).putShort(30, (short) 60_000);
    assertRefused(tiff, "too large: 60000 by 60000 pixels");
  }

  @Test
  void aJpegThatClaimsMoreThanTheLimitIsRefused() {
    byte[] jpeg = Resources.bytes("baseline-444.jpg");
    int frame = 0;
    while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
    assertRefused(jpeg, "too large: 60000 by 60000 pixels");
  }

  @Test
  void aMissingFileAndAFolderAreRefusedByTheirPath() throws IOException {
    Path missing = folder.resolve("gone.png");
    assertRefused(() -> DECODER.decode(missing, 3), missing + ": cannot be read");
    Path directory = Files.createDirectory(folder.resolve("dir.png"));
    assertRefused(() -> DECODER.decode(directory, 3), directory + ": cannot be read");
  }

  @Test
  void aDamagedFileIsNamedByItsPath() throws IOException {
    byte[] png = Resources.bytes("rgb.png");
    Path file = folder.resolve("half.png");
    Files.write(file, Arrays.copyOf(png, png.length / 2));
    assertRefused(() -> DECODER.decode(file, 3), file + ": truncated PNG: " + png.length / 2);
  }
}
