package io.mae4j.eval.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BitmapFontTest {
  private final BitmapFont font = BitmapFont.regular();

  private static BufferedImage sheet(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private static int ink(BufferedImage picture) {
    int ink = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        ink += picture.getRGB(x, y) & 0xff;
      }
    }
    return ink;
  }

  @Test
  void drawsEveryCharacterOfTheBasicAlphabetDifferently() {
    Set<Integer> seen = new HashSet<>();
    for (char c = '!'; c <= '~'; c++) {
      BufferedImage picture = sheet(40, 17);
      font.draw(picture, Character.toString(c), 10, 0, 0xffffff);
      int[] pixels = picture.getRGB(0, 0, 40, 17, null, 0, 40);
      assertThat(seen.add(Arrays.hashCode(pixels))).as("glyph %s", c).isTrue();
      assertThat(ink(picture)).as("glyph %s", c).isPositive();
    }
  }

  @Test
  void drawsAnyOtherCharacterAsAReplacement() {
    BufferedImage unknown = sheet(40, 17);
    font.draw(unknown, "漢", 10, 0, 0xffffff);
    BufferedImage replacement = sheet(40, 17);
    font.draw(replacement, "\ufffd", 10, 0, 0xffffff);
    assertThat(ink(unknown)).isPositive().isEqualTo(ink(replacement));
    assertThat(font.width("漢")).isEqualTo(font.width("\ufffd")).isPositive();
  }

  @Test
  void drawsUpwardsWhatItDrawsAcross() {
    BufferedImage across = sheet(60, 17);
    font.draw(across, "loss %", 5, 0, 0xffffff);
    BufferedImage up = sheet(17, 60);
    font.drawUp(up, "loss %", 0, 55, 0xffffff);
    assertThat(ink(across)).isPositive();
    for (int x = 0; x < 60; x++) {
      for (int y = 0; y < 17; y++) {
        assertThat(up.getRGB(y, 59 - x)).isEqualTo(across.getRGB(x, y));
      }
    }
  }

  @Test
  void blendsInkIntoThePaper() {
    BufferedImage picture = sheet(40, 17);
    for (int i = 0; i < 40 * 17; i++) {
      picture.setRGB(i % 40, i / 40, 0x204060);
    }
    font.draw(picture, "#", 10, 0, 0x204060);
    int[] pixels = picture.getRGB(0, 0, 40, 17, null, 0, 40);
    assertThat(IntStream.of(pixels).distinct()).containsExactly(0xff204060);
    BitmapFont.bold().draw(picture, "I", 10, 0, 0xff0000);
    assertThat(IntStream.of(picture.getRGB(0, 0, 40, 17, null, 0, 40)).distinct())
        .contains(0xffff0000);
  }

  @Test
  void cutsOffWhatLiesOutside() {
    BufferedImage picture = sheet(10, 8);
    font.draw(picture, "wide", -3, -4, 0xffffff);
    assertThat(ink(picture)).isPositive();
  }

  @Test
  void addsUpWidths() {
    assertThat(font.width("")).isZero();
    assertThat(font.width("ab")).isEqualTo(font.width("a") + font.width("b"));
    assertThat(BitmapFont.bold().width("mask")).isGreaterThan(font.width("mask"));
  }

  @Test
  void breaksLinesAtSpaces() {
    int width = font.width("two words");
    assertThat(font.wrap("two words more", width)).containsExactly("two words", "more");
    assertThat(font.wrap("two words more", width - 1)).containsExactly("two", "words", "more");
    assertThat(font.wrap("unbreakable", 5)).containsExactly("unbreakable");
    assertThat(font.wrap("", 5)).containsExactly("");
  }
}
