package io.mae4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.eval.Evaluation;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.report.Report.Figure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final String NASTY = "<script>alert('x')</script> & \"quoted\"";
  private static final String HARMLESS =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;";

  private static Report report(Optional<Comparison> comparison) {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(2, 1, 0x123456);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("width", 96);
    model.put("betas", List.of(.9, .95));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model", model);
    config.put("data", NASTY);
    return new Report(
        "t " + NASTY,
        "s " + NASTY,
        Map.of("f " + NASTY, "v " + NASTY),
        comparison,
        List.of(new Figure("h " + NASTY, "c " + NASTY, picture)),
        config,
        Map.of("p " + NASTY, "q " + NASTY));
  }

  private static Optional<Comparison> comparison() {
    Map<String, Evaluation> evaluations =
        Map.of("e " + NASTY, new Evaluation(76.24, Map.of("k", NASTY)));
    return Optional.of(
        new Comparison(
            10_000,
            2_000,
            10,
            List.of(new Comparison.Row("r " + NASTY, "d " + NASTY, 96, evaluations))));
  }

  @Test
  void escapesEveryText() {
    String page = ReportPage.html(report(comparison()));
    assertThat(page).doesNotContain("<script").doesNotContain("\"quoted\"").doesNotContain("'x'");
    for (String place : List.of("t", "s", "f", "v", "h", "c", "p", "q", "e", "r", "d")) {
      assertThat(page).contains(">" + place + " " + HARMLESS);
    }
    assertThat(page).contains("alt=\"h " + HARMLESS + ". c " + HARMLESS + "\"");
  }

  @Test
  void replacesControlCharactersAndHalfPairs() {
    assertThat(Html.escape("a\u0000b\u001bc\ud800d\n\t😀é"))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\n\t😀é");
  }

  @Test
  void needsNothingFromOutside() {
    String page = ReportPage.html(report(comparison()));
    assertThat(page).doesNotContain("http:", "https:", "<link", "@import", "url(");
    assertThat(attributes(page, "src"))
        .hasSize(1)
        .allMatch(value -> value.startsWith("data:image/png;base64,"));
    assertThat(attributes(page, "href")).isEmpty();
  }

  @Test
  void closesWhatItOpens() {
    List<String> open = new ArrayList<>();
    Matcher tags =
        Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(ReportPage.html(report(comparison())));
    while (tags.find()) {
      if (!tags.group(1).isEmpty()) {
        assertThat(open.remove(open.size() - 1)).isEqualTo(tags.group(2));
      } else if (!List.of("meta", "img").contains(tags.group(2))) {
        open.add(tags.group(2));
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void holdsThePictureItself() throws IOException {
    String source = attributes(ReportPage.html(report(Optional.empty())), "src").get(0);
    byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(picture.getWidth()).isEqualTo(3);
    assertThat(picture.getRGB(2, 1)).isEqualTo(0xff123456);
  }

  @Test
  void showsAccuraciesConfigurationAndProvenance() {
    String page = ReportPage.html(report(comparison()));
    assertThat(page).contains("10,000 training and 2,000 test images", ">76.2<", ">96<");
    assertThat(page)
        .containsSubsequence(">model.width<", ">96<", ">model.betas<", ">0.9, 0.95<", ">data<");
    assertThat(ReportPage.html(report(Optional.empty())))
        .doesNotContain("What pre-training gained");
  }

  @Test
  void isStoredAsUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Report report =
        new Report("Prüfung – ✓", "", Map.of(), Optional.empty(), List.of(), Map.of(), Map.of());
    ReportPage.write(report, file);
    assertThat(Files.readString(file))
        .isEqualTo(ReportPage.html(report))
        .contains("<title>Prüfung – ✓</title>");
  }

  private static List<String> attributes(String page, String name) {
    List<String> values = new ArrayList<>();
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(page);
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }
}
