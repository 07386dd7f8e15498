package io.mae4j.eval.picture;

import io.mae4j.api.model.ImageSpec;
import io.mae4j.eval.draw.BitmapFont;
import io.mae4j.eval.draw.FileOutput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A grid of rebuilt images: a row for each, with the original, what the model saw, what it rebuilt,
 * and both together. Patches that a column leaves out are grey. Small images are enlarged by
 * repeating their pixels.
 *
 * @param images what to show, at least one, all of the same extents
 * @param normalizedTargets whether predictions were restored with the true patches' mean and
 *     deviation, which the caption says
 * @param description what the caption starts with: which model, data and masking
 */
public record ReconstructionPicture(
    List<RebuiltImage> images, boolean normalizedTargets, String description) {
  /** Copies the list. */
  public ReconstructionPicture {
    images = List.copyOf(images);
    if (images.stream().map(RebuiltImage::spec).distinct().count() != 1) {
      throw new IllegalArgumentException("a picture needs at least one image, and all of one size");
    }
  }

  /** Mean squared error of the pixels (0 to 1) of hidden patches over all images. */
  public double hiddenError() {
    return images.stream().mapToDouble(RebuiltImage::hiddenError).average().orElseThrow();
  }

  /**
   * Peak signal-to-noise ratio of hidden patches in decibels: {@code −10 · log10(error)}; infinite
   * without an error.
   */
  public double hiddenPsnr() {
    return -10 * StrictMath.log10(hiddenError());
  }

  /** The line below the grid. */
  public String caption() {
    String restored =
        normalizedTargets
            ? " Rebuilt patches are de-normalised with the mean and deviation of the true patch, which the model does not predict."
            : "";
    return String.format(
        Locale.ROOT,
        "%s%sHidden patches: mean squared error %.4f, PSNR %.1f dB (pixels 0 to 1).%s",
        description,
        description.isEmpty() ? "" : " ",
        hiddenError(),
        hiddenPsnr(),
        restored);
  }

  /** Draws it. */
  public BufferedImage draw() {
    BitmapFont bold = BitmapFont.bold();
    BitmapFont regular = BitmapFont.regular();
    ImageSpec spec = images.get(0).spec();
    int zoom = Tiles.zoom(spec);
    int tileWidth = spec.width() * zoom;
    int tileHeight = spec.height() * zoom;
    Tiles.View[] columns = Tiles.View.values();
    int width = 2 * Tiles.MARGIN + columns.length * (tileWidth + Tiles.GAP) - Tiles.GAP;
    int headingLines =
        Arrays.stream(columns)
            .mapToInt(column -> bold.wrap(column.heading(), tileWidth).size())
            .max()
            .orElseThrow();
    int headingBottom = Tiles.MARGIN + headingLines * bold.height();
    int top = headingBottom + Tiles.GAP / 2;
    int bottom = top + images.size() * (tileHeight + Tiles.GAP);
    List<String> caption = regular.wrap(caption(), width - 2 * Tiles.MARGIN);
    int height = bottom + caption.size() * regular.height() + Tiles.MARGIN;
    BufferedImage picture = Tiles.paper(width, height);
    int left = Tiles.MARGIN;
    for (Tiles.View column : columns) {
      heading(picture, bold, column.heading(), left, headingBottom, tileWidth);
      int y = top;
      for (RebuiltImage image : images) {
        Tiles.draw(picture, image, column, left, y, zoom);
        y += tileHeight + Tiles.GAP;
      }
      left += tileWidth + Tiles.GAP;
    }
    int y = bottom;
    for (String line : caption) {
      regular.draw(picture, line, Tiles.MARGIN, y, Tiles.INK);
      y += regular.height();
    }
    return picture;
  }

  private static void heading(
      BufferedImage picture, BitmapFont font, String text, int left, int bottom, int width) {
    List<String> lines = font.wrap(text, width);
    int y = bottom - lines.size() * font.height();
    for (String line : lines) {
      font.draw(picture, line, left + (width - font.width(line)) / 2, y, Tiles.INK);
      y += font.height();
    }
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
