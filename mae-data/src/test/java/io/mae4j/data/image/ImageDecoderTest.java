package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.PixelImage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @TestFactory
  List<DynamicTest> decodesAsPillow() {
    return Resources.table("expected.tsv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0] + " (" + row[1] + ")",
                    () -> {
                      PixelImage image = decoder.decode(row[0], Resources.bytes(row[0]), 3);
                      if (Resources.class.getResource(row[0] + ".expected.png") != null) {
                        PixelImage e = decoder.decode("", Resources.bytes(row[0] + ".expected.png"), 3);
                        long sum = 0; int max = 0;
                        long[] sums = new long[3];
                        for (int i = 0; i < e.samples().length; i++) {
                          int d = (image.samples()[i] & 255) - (e.samples()[i] & 255);
                          sums[i % 3] += d;
                          sum += Math.abs(d); max = Math.max(max, Math.abs(d));
                        }
                        System.out.println(row[0] + " mean " + sum / (double) e.samples().length + " max " + max + " " + java.util.Arrays.toString(sums));
                      }
                      assertThat(image.height()).isEqualTo(Integer.parseInt(row[2]));
                      assertThat(image.width()).isEqualTo(Integer.parseInt(row[3]));
                      assertThat(Resources.sha256(image.samples())).isEqualTo(row[4]);
                    }))
        .collect(Collectors.toList());
  }
}
