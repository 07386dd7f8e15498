package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.PixelImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The sample is the beginning of Fashion-MNIST. The sums were taken over the first 10,000 and 2,000
 * images and labels of the published files, whose MD5 sums ORIGIN.md names.
 */
class SampleTest {

  private static Dataset open(Split split) {
    return new SampleProvider().open(new DatasetRequest("sample", split));
  }

  private static String sha256(Dataset dataset) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < dataset.size(); i++) {
      digest.update(dataset.read(i).samples());
    }
    for (int i = 0; i < dataset.size(); i++) {
      digest.update((byte) dataset.label(i));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Integer> perClass(Dataset dataset) {
    int[] counts = new int[dataset.classes().size()];
    for (int i = 0; i < dataset.size(); i++) {
      counts[dataset.label(i)]++;
    }
    return Arrays.stream(counts).boxed().collect(Collectors.toList());
  }

  @Test
  void itHoldsTheFirstImagesOfFashionMnist() throws NoSuchAlgorithmException {
    assertThat(sha256(open(Split.TRAIN)))
        .isEqualTo("b134f74849da1a1bcd32ee8c73b764a5657b0f25350e9ed3b4a4e8cb8505b14b");
    assertThat(sha256(open(Split.TEST)))
        .isEqualTo("5e916b2e91811fe46845f5b34d536fd2cb7788e5c5bc5531b5e3b9ee89e9bad9");
  }

  @Test
  void sizesAreThoseItIsSaidToHave() {
    assertThat(open(Split.TRAIN).size()).isEqualTo(10_000);
    assertThat(open(Split.TEST).size()).isEqualTo(2_000);
    PixelImage image = open(Split.TEST).read(0);
    assertThat(image.height()).isEqualTo(28);
    assertThat(image.width()).isEqualTo(28);
    assertThat(image.channels()).isEqualTo(1);
  }

  @Test
  void everyClassHasAboutATenthOfTheImages() {
    // The whole of Fashion-MNIST has exactly a tenth; of a part, four standard deviations.
    assertThat(perClass(open(Split.TRAIN))).hasSize(10).allMatch(n -> n > 880 && n < 1120);
    assertThat(perClass(open(Split.TEST))).hasSize(10).allMatch(n -> n > 146 && n < 254);
  }

  @Test
  void classesHaveTheirPublishedNames() {
    Dataset dataset = open(Split.TRAIN);
    assertThat(dataset.classes()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
    assertThat(dataset.classes().get(dataset.label(0))).isEqualTo("Ankle boot");
  }

  @Test
  void licenceAndOriginComeWithIt() throws IOException {
    assertThat(text("LICENSE.txt")).contains("The MIT License", "Zalando SE");
    assertThat(text("ORIGIN.md"))
        .contains("https://github.com/zalandoresearch/fashion-mnist", "first 10,000", "CutSample");
  }

  @Test
  void onlyItsNameIsAccepted() {
    assertThat(new SampleProvider().accepts("sample")).isTrue();
    assertThat(new SampleProvider().accepts("./sample")).isFalse();
  }

  private static String text(String file) throws IOException {
    try (InputStream stream = SampleProvider.class.getResourceAsStream("sample/" + file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
