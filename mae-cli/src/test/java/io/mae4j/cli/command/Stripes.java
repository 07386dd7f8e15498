package io.mae4j.cli.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small pictures of stripes, across in a class of that name and down in all others. */
final class Stripes {
  private Stripes() {}

  /**
   * Draws a split of a folder.
   *
   * @param count pictures of each class
   * @param side H and W in pixels
   */
  static void draw(Path root, String split, int count, int side, String... classes)
      throws IOException {
    for (String name : classes) {
      Path target = Files.createDirectories(root.resolve(split).resolve(name));
      for (int i = 0; i < count; i++) {
        ImageIO.write(
            picture(name.equals("across"), i, side), "png", target.resolve(i + ".png").toFile());
      }
    }
  }

  private static BufferedImage picture(boolean across, int shift, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int value = ((across ? y : x) + shift) % 4 * 60;
        image.setRGB(x, y, value << 16 | value << 8 | 0x40);
      }
    }
    return image;
  }
}
