package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  @TestFactory
  List<DynamicTest> aTiffWithFewerRowsThanItSaysIsRefused() {
    return Resources.table("expected.tsv").stream()
        .map(row -> row[0])
        .filter(file -> file.endsWith(".tiff"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file,
                    () -> {
                      byte[] tiff = Resources.bytes(file);
                      int rows = TiffTags.value(tiff, TiffTags.HEIGHT);
                      for (int more : List.of(1, 5, 2_000)) {
                        TiffTags.set(tiff, TiffTags.HEIGHT, rows + more);
                        TiffTags.set(tiff, TiffTags.ROWS_PER_STRIP, rows + more);
                        assertRefused(tiff, "");
                      }
                    }))
        .collect(Collectors.toList());
  }

  @Test
  void aTiffOfHugeTilesIsRefusedBeforeMemoryIsSetAside() {
    byte[] tiff = Resources.bytes("lzw.tiff");
    TiffTags.rename(tiff, TiffTags.ROWS_PER_STRIP, TiffTags.TILE_WIDTH);
    TiffTags.set(tiff, TiffTags.TILE_WIDTH, 65_000);
    TiffTags.rename(tiff, TiffTags.PLANES, TiffTags.TILE_HEIGHT);
    TiffTags.set(tiff, TiffTags.TILE_HEIGHT, 65_000);
    assertRefused(tiff, "too large: 65000 by 65000 pixels");
  }

  @Test
  void aTiffOfManySamplesOrOfUnknownCompressionIsRefused() {
    byte[] deep = Resources.bytes("grey-16.tiff");
    TiffTags.set(deep, TiffTags.SAMPLES, 60_000);
    assertRefused(deep, "TIFF with 60000 samples a pixel is not supported");
    byte[] old = Resources.bytes("jpeg.tiff");
    TiffTags.set(old, TiffTags.COMPRESSION, 6);
    assertRefused(old, "TIFF of compression 6 is not supported");
  }

  @Test
  void aClaimOfMoreWebpPixelsThanThereIsDataForIsRefusedAtOnce() {
    for (String file : List.of("lossless.webp", "lossless-noise.webp")) {
      for (int width : List.of(62, 16_159, 16_384)) {
        byte[] webp = Resources.bytes(file);
        int size = 12 + 8 + 1;
        int header = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).getInt(size);
        int height = width == 62 ? header & ~0x3fff : 10_000 << 14;
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(size, height | (width - 1));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertRefused(webp, ""));
      }
    }
    byte[] lossy = Resources.bytes("lossy.webp");
    ByteBuffer.wrap(lossy)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(26, (short) 16_000)
        .putShort(28, (short) 11_000);
    assertRefused(lossy, "truncated WebP: 175 bytes are too few for 16000 by 11000 pixels");
  }

  @TestFactory
  List<DynamicTest> aWebpWhosePictureEndsTooEarlyIsRefusedThoughItsChunksFit() {
    return List.of("lossless.webp", "lossless-noise.webp", "lossy.webp", "lossy-smooth.webp")
        .stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file,
                    () -> {
                      byte[] webp = Resources.bytes(file);
                      int length = webp.length - 20 - (webp[16] & 1);
                      // The very last bytes of arithmetic coding may say nothing.
                      for (int kept = length - 4; kept > 0; kept -= 1 + length / 60) {
                        byte[] cut = Arrays.copyOf(webp, 20 + kept + (kept & 1));
                        ByteBuffer.wrap(cut)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(4, cut.length - 8)
                            .putInt(16, kept);
                        assertRefused(cut, "");
                      }
                    }))
        .collect(Collectors.toList());
  }

  @Test
  void aJpegOfVeryManyScansIsRefused() throws IOException {
    byte[] jpeg = Resources.bytes("progressive.jpg");
    int last = jpeg.length - 2;
    while (jpeg[last] != (byte) 0xff || jpeg[last + 1] != (byte) 0xda) {
      last--;
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, last);
    for (int i = 0; i < 5_000; i++) {
      bomb.write(jpeg, last, jpeg.length - 2 - last);
    }
    bomb.write(jpeg, jpeg.length - 2, 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertRefused(bomb.toByteArray(), "JPEG with 50"));
  }

  @Test
  void aClaimOfMorePixelsThanSoFewBytesCanHoldIsRefused() {
    byte[] jpeg = Resources.bytes("baseline-444.jpg");
    int frame = 0;
    while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 2_700).putShort(frame + 7, (short) 65_000);
    assertRefused(jpeg, "truncated JPEG: 2356 bytes are too few for 65000 by 2700 pixels");

    byte[] png = Resources.bytes("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 2_900);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertRefused(png, "truncated PNG: 2244 bytes are too few for 60000 by 2900 pixels");

    for (String file : List.of("lzw.tiff", "deflate.tiff", "packbits.tiff", "big-endian.tiff")) {
      byte[] tiff = Resources.bytes(file);
      TiffTags.set(tiff, TiffTags.WIDTH, 60_000);
      TiffTags.set(tiff, TiffTags.HEIGHT, 2_900);
      TiffTags.set(tiff, TiffTags.ROWS_PER_STRIP, 2_900);
      assertRefused(tiff, "truncated TIFF: ");
    }
  }

  @Test
  void aBmpWhoseRunsEndTooEarlyIsRefused() {
    byte[] bmp = Resources.bytes("run-lengths.bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 14);
    assertRefused(bmp, "BMP with 273 of 294 pixels");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 13).putInt(30, 4);
    assertRefused(bmp, "BMP of compression 4 is not supported");
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
