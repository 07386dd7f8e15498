package io.mae4j.data.augment;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;
import org.jspecify.annotations.Nullable;

/**
 * RandAugment (Cubuk et al. 2020) as timm has it: several times in a row one of fifteen changes is
 * chosen, and made with probability one half at a level that varies normally around the magnitude.
 *
 * @param magnitude m, the mean level, 0..10
 * @param deviation mstd, the standard deviation of the level, at least 0
 * @param layers n, how many changes are chosen for an image, at least 1
 * @param increasing inc, whether more level always means more change
 */
public record RandAugment(double magnitude, double deviation, int layers, boolean increasing) {
  private static final double MOST = 10;
  private static final double PROBABILITY = 0.5;
  private static final int USUAL_LAYERS = 2;
  private static final String NAME = "rand";

  /** Checks the numbers. */
  public RandAugment {
    if (!(magnitude >= 0 && magnitude <= MOST) || !(deviation >= 0) || layers < 1) {
      throw MaeException.user(
          "RandAugment needs a magnitude m from 0 to 10, a deviation mstd of at least 0 and at least n1 layer, got "
              + magnitude
              + ", "
              + deviation
              + " and "
              + layers);
    }
  }

  /** The official fine-tuning's, {@code rand-m9-mstd0.5-inc1}. */
  public static RandAugment official() {
    return new RandAugment(9, 0.5, USUAL_LAYERS, true);
  }

  /**
   * Reads timm's notation, for example {@code rand-m9-mstd0.5-inc1}.
   *
   * @throws MaeException of kind USER if it is not of that form
   */
  public static RandAugment parse(String text) {
    double magnitude = MOST;
    double deviation = 0;
    int layers = USUAL_LAYERS;
    boolean increasing = false;
    String[] parts = text.split("-", -1);
    try {
      for (int i = 1; i < parts.length; i++) {
        String part = parts[i];
        if (part.startsWith("mstd")) {
          deviation = Double.parseDouble(part.substring(4));
        } else if (part.startsWith("inc")) {
          increasing = Integer.parseInt(part.substring(3)) != 0;
        } else if (part.startsWith("m")) {
          magnitude = Double.parseDouble(part.substring(1));
        } else if (part.startsWith("n")) {
          layers = Integer.parseInt(part.substring(1));
        } else {
          throw new NumberFormatException(part);
        }
      }
      if (parts[0].equals(NAME)) {
        return new RandAugment(magnitude, deviation, layers, increasing);
      }
    } catch (NumberFormatException e) {
      throw unreadable(text, e);
    }
    throw unreadable(text, null);
  }

  private static MaeException unreadable(String text, @Nullable Throwable cause) {
    return new MaeException(
        ErrorKind.USER,
        "'" + text + "' is no augmentation; expected something like rand-m9-mstd0.5-inc1",
        cause);
  }

  /**
   * Changes an image.
   *
   * @param image [H, W, C]
   * @param fill what stands where nothing is, 0..255 for each channel [C]
   * @param random makes all choices
   * @return [H, W, C]
   */
  public PixelImage apply(PixelImage image, int[] fill, Draws random) {
    Distortion[] all = Distortion.values();
    int[] chosen = new int[layers];
    for (int i = 0; i < layers; i++) {
      chosen[i] = random.below(all.length);
    }
    PixelImage changed = image;
    for (int choice : chosen) {
      if (random.unit() < PROBABILITY) {
        double level = magnitude + deviation * random.gaussian();
        double share = Math.max(0, Math.min(MOST, level)) / MOST;
        changed = all[choice].apply(changed, new Distortion.Hand(share, increasing, fill, random));
      }
    }
    return changed;
  }
}
