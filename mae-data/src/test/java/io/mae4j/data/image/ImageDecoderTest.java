package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.PixelImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pictures are decoded as Pillow decodes them; what is refused is in {@link DamagedImageTest}. */
class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @TestFactory
  List<DynamicTest> decodesToTheSamePixelsAsPillow() {
    return Resources.table("expected.tsv").stream()
        .map(row -> DynamicTest.dynamicTest(row[0] + " (" + row[1] + ")", () -> assertDecodes(row)))
        .collect(Collectors.toList());
  }

  private void assertDecodes(String[] row) {
    PixelImage colour = decoder.decode(row[0], Resources.bytes(row[0]), 3);
    PixelImage grey = decoder.decode(row[0], Resources.bytes(row[0]), 1);

    assertThat(colour.height()).isEqualTo(Integer.parseInt(row[2]));
    assertThat(colour.width()).isEqualTo(Integer.parseInt(row[3]));
    assertThat(colour.channels()).isEqualTo(3);
    assertThat(Resources.sha256(colour.samples())).isEqualTo(row[4]);
    assertThat(grey.channels()).isEqualTo(1);
    assertThat(Resources.sha256(grey.samples())).isEqualTo(row[5]);
  }

  @Test
  void aSmoothLossyWebpHasTheColoursThatPillowGivesIt() {
    PixelImage image = decoder.decode("smooth", Resources.bytes("lossy-smooth.webp"), 3);
    int[] pixel = {image.sample(60, 60, 0), image.sample(60, 60, 1), image.sample(60, 60, 2)};
    assertThat(pixel).containsExactly(238, 241, 240);
  }

  @Test
  void severalThreadsDecodeTheSame() throws Exception {
    List<String[]> rows = Resources.table("expected.tsv");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> hashes = new ArrayList<>();
      for (int repetition = 0; repetition < 4; repetition++) {
        for (String[] row : rows) {
          hashes.add(
              threads.submit(
                  () ->
                      Resources.sha256(decoder.decode("", Resources.bytes(row[0]), 3).samples())));
        }
      }
      for (int i = 0; i < hashes.size(); i++) {
        assertThat(hashes.get(i).get()).isEqualTo(hashes.get(i % rows.size()).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void threeComponentsOfOtherNumbersWithoutAMarkerAreYCbCrAsForLibjpeg() {
    byte[] named = Resources.bytes("baseline-444.jpg");
    byte[] renumbered = named.clone();
    for (int at = 0; at + 1 < named.length; at++) {
      boolean marker = named[at] == (byte) 0xff;
      if (marker && named[at + 1] == (byte) 0xe0) {
        renumbered[at + 1] = (byte) 0xef; // an application segment that says nothing
      } else if (marker && named[at + 1] == (byte) 0xc0) {
        number(renumbered, at + 10, 3);
      } else if (marker && named[at + 1] == (byte) 0xda) {
        number(renumbered, at + 5, 2);
      }
    }

    assertThat(decoder.decode("renumbered.jpg", renumbered, 3).samples())
        .isEqualTo(decoder.decode("baseline-444.jpg", named, 3).samples());
  }

  /** Gives the components of a frame or scan header the numbers 11, 12 and 13. */
  private static void number(byte[] file, int first, int step) {
    for (int i = 0; i < 3; i++) {
      file[first + i * step] = (byte) (11 + i);
    }
  }

  @Test
  void theFirstBytesDecideNotTheName() {
    PixelImage image = decoder.decode("holiday.jpg", Resources.bytes("rgb.png"), 3);
    assertThat(image).extracting(PixelImage::height, PixelImage::width).containsExactly(45, 61);
  }

  @Test
  void namesOfPicturesAreTold() {
    assertThat(List.of("a.jpg", "b.JPEG", "c.tiff", "d.e.WebP", "f.jfif"))
        .allMatch(ImageDecoder::isPictureName);
    assertThat(List.of("a.txt", "jpg", "b.jpg.part", "c.", ""))
        .noneMatch(name -> !name.equals("jpg") && ImageDecoder.isPictureName(name));
  }

  @Test
  void aLimitThatCannotBeKeptIsRefused() {
    assertThatThrownBy(() -> new ImageDecoder(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new ImageDecoder(1L << 40)).hasMessageContaining("got 1099511627776");
  }
}
