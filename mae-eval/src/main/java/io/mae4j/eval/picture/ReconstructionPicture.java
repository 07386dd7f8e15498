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
  private static final int LEAST_SIDE = 112;
  private static final int MARGIN = 16;
  private static final int GAP = 8;
  private static final int PAPER = 0xffffff;
  private static final int INK = 0x1f2933;
  private static final int HIDDEN = 0x9aa5b1;

  private enum Column {
    ORIGINAL("original"),
    MASKED("masked"),
    REBUILT("rebuilt"),
    PASTED("rebuilt with visible");

    private final String heading;

    Column(String heading) {
      this.heading = heading;
    }
  }

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
    return -10 * Math.log10(hiddenError());
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
    int zoom = zoom(spec);
    int tileWidth = spec.width() * zoom;
    int tileHeight = spec.height() * zoom;
    Column[] columns = Column.values();
    int width = 2 * MARGIN + columns.length * (tileWidth + GAP) - GAP;
    int headingLines =
        Arrays.stream(columns)
            .mapToInt(column -> bold.wrap(column.heading, tileWidth).size())
            .max()
            .orElseThrow();
    int headingBottom = MARGIN + headingLines * bold.height();
    int top = headingBottom + GAP / 2;
    int bottom = top + images.size() * (tileHeight + GAP);
    List<String> caption = regular.wrap(caption(), width - 2 * MARGIN);
    int height = bottom + caption.size() * regular.height() + MARGIN;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(picture);
    int left = MARGIN;
    for (Column column : columns) {
      heading(picture, bold, column.heading, left, headingBottom, tileWidth);
      int y = top;
      for (RebuiltImage image : images) {
        tile(picture, image, column, left, y, zoom);
        y += tileHeight + GAP;
      }
      left += tileWidth + GAP;
    }
    int y = bottom;
    for (String line : caption) {
      regular.draw(picture, line, MARGIN, y, INK);
      y += regular.height();
    }
    return picture;
  }

  private static void heading(
      BufferedImage picture, BitmapFont font, String text, int left, int bottom, int width) {
    List<String> lines = font.wrap(text, width);
    int y = bottom - lines.size() * font.height();
    for (String line : lines) {
      font.draw(picture, line, left + (width - font.width(line)) / 2, y, INK);
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

  private static int zoom(ImageSpec spec) {
    int side = Math.max(spec.width(), spec.height());
    return (LEAST_SIDE + side - 1) / side;
  }

  private static void fill(BufferedImage picture) {
    int[] row = new int[picture.getWidth()];
    Arrays.fill(row, PAPER);
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
  }

  private static void tile(
      BufferedImage picture, RebuiltImage image, Column column, int left, int top, int zoom) {
    boolean[] hidden = image.mask().hidden();
    int width = image.spec().width() * zoom;
    int[] row = new int[width];
    for (int y = 0; y < image.spec().height() * zoom; y++) {
      for (int x = 0; x < width; x++) {
        boolean isHidden = hidden[image.patchOf(y / zoom, x / zoom)];
        boolean leftOut =
            (column == Column.MASKED && isHidden) || (column == Column.REBUILT && !isHidden);
        float[] pixels = column == Column.ORIGINAL ? image.original() : image.rebuilt();
        row[x] = leftOut ? HIDDEN : rgb(pixels, image, y / zoom, x / zoom);
      }
      picture.setRGB(left, top + y, width, 1, row, 0, width);
    }
  }

  /** Three channels and more are shown by the first three, fewer by the first as grey. */
  private static int rgb(float[] pixels, RebuiltImage image, int row, int column) {
    int plane = image.spec().height() * image.spec().width();
    int place = row * image.spec().width() + column;
    int step = image.spec().channels() >= 3 ? plane : 0;
    return (level(pixels[place]) << 16)
        | (level(pixels[place + step]) << 8)
        | level(pixels[place + 2 * step]);
  }

  private static int level(float pixel) {
    return Math.round(255 * Math.min(1, Math.max(0, pixel)));
  }
}
