package io.mae4j.eval.picture;

import io.mae4j.api.model.ImageSpec;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Draws images into pictures. Small images are enlarged by repeating their pixels. */
final class Tiles {
  static final int INK = 0x1f2933;
  static final int MARGIN = 16;
  static final int GAP = 8;

  private static final int LEAST_SIDE = 112;
  private static final int PAPER = 0xffffff;
  private static final int HIDDEN = 0x9aa5b1;

  /** What of an image is shown; patches that are left out are grey. */
  enum View {
    /** The true pixels. */
    ORIGINAL("original"),
    /** The visible patches. */
    MASKED("masked"),
    /** The rebuilt patches. */
    REBUILT("rebuilt"),
    /** Both together. */
    PASTED("rebuilt with visible");

    private final String heading;

    View(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private Tiles() {}

  /** An empty picture. */
  static BufferedImage paper(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    Arrays.fill(row, PAPER);
    for (int y = 0; y < height; y++) {
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
    return picture;
  }

  /** How often each pixel is repeated in both directions. */
  static int zoom(ImageSpec spec) {
    int side = Math.max(spec.width(), spec.height());
    return (LEAST_SIDE + side - 1) / side;
  }

  /** Draws an image with its upper left corner at a place. */
  static void draw(
      BufferedImage picture, RebuiltImage image, View view, int left, int top, int zoom) {
    boolean[] hidden = image.mask().hidden();
    int width = image.spec().width() * zoom;
    int[] row = new int[width];
    for (int y = 0; y < image.spec().height() * zoom; y++) {
      for (int x = 0; x < width; x++) {
        boolean isHidden = hidden[image.patchOf(y / zoom, x / zoom)];
        boolean leftOut = (view == View.MASKED && isHidden) || (view == View.REBUILT && !isHidden);
        float[] pixels = view == View.ORIGINAL ? image.original() : image.rebuilt();
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
