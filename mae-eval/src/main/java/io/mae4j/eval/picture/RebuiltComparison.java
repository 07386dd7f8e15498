package io.mae4j.eval.picture;

import io.mae4j.eval.draw.BitmapFont;
import io.mae4j.eval.draw.FileOutput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What several models rebuild of the same images, side by side: the originals, then a block for
 * each model with what it saw and what it rebuilt of them.
 *
 * @param blocks the models, at least one
 */
public record RebuiltComparison(List<Block> blocks) {

  /**
   * One model.
   *
   * @param name what stands above it
   * @param pictures what it rebuilt
   */
  public record Block(String name, ReconstructionPicture pictures) {}

  private record Strip(String heading, List<RebuiltImage> images, Tiles.View view) {

    int zoom() {
      return Tiles.zoom(images.get(0).spec());
    }

    int tileWidth() {
      return images.get(0).spec().width() * zoom();
    }

    int width() {
      return images.size() * (tileWidth() + Tiles.GAP) - Tiles.GAP;
    }

    int height(int line) {
      return headingHeight(line) + images.get(0).spec().height() * zoom() + Tiles.GAP;
    }

    int headingHeight(int line) {
      return heading.isEmpty() ? 0 : line + Tiles.GAP;
    }
  }

  /** Copies the list. */
  public RebuiltComparison {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("nothing to compare");
    }
  }

  /** Draws it. */
  public BufferedImage draw() {
    BitmapFont font = BitmapFont.bold();
    List<Strip> strips = strips();
    int text = strips.stream().mapToInt(strip -> font.width(strip.heading())).max().orElseThrow();
    int tiles = strips.stream().mapToInt(Strip::width).max().orElseThrow();
    int height = strips.stream().mapToInt(strip -> strip.height(font.height())).sum();
    BufferedImage picture =
        Tiles.paper(2 * Tiles.MARGIN + Math.max(text, tiles), 2 * Tiles.MARGIN + height);
    int top = Tiles.MARGIN;
    for (Strip strip : strips) {
      font.draw(picture, strip.heading(), Tiles.MARGIN, top, Tiles.INK);
      int left = Tiles.MARGIN;
      for (RebuiltImage image : strip.images()) {
        Tiles.draw(
            picture,
            image,
            strip.view(),
            left,
            top + strip.headingHeight(font.height()),
            strip.zoom());
        left += strip.tileWidth() + Tiles.GAP;
      }
      top += strip.height(font.height());
    }
    return picture;
  }

  private List<Strip> strips() {
    List<Strip> strips = new ArrayList<>();
    strips.add(new Strip("original", blocks.get(0).pictures().images(), Tiles.View.ORIGINAL));
    for (Block block : blocks) {
      String heading =
          String.format(
              Locale.ROOT,
              "%s: PSNR of hidden patches %.1f dB%s",
              block.name(),
              block.pictures().hiddenPsnr(),
              block.pictures().normalizedTargets()
                  ? ", with the mean and deviation of the true patches"
                  : "");
      strips.add(new Strip(heading, block.pictures().images(), Tiles.View.MASKED));
      strips.add(new Strip("", block.pictures().images(), Tiles.View.PASTED));
    }
    return strips;
  }

  /**
   * Draws it into a PNG file.
   *
   * @throws io.mae4j.api.error.MaeException of kind RESOURCE if the file cannot be written
   */
  public void write(Path file) {
    FileOutput.write(file, FileOutput.png(draw()));
  }
}
