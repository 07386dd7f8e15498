package io.mae4j.data.augment;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.random.Draws;

/**
 * The changes that RandAugment chooses from, in timm's order. How much a change does is its level,
 * 0..10; with the increasing set more level always means more change.
 */
enum Distortion {
  AUTO_CONTRAST {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.autoContrast(image);
    }
  },
  EQUALIZE {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.equalize(image);
    }
  },
  INVERT {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.invert(image);
    }
  },
  ROTATE {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Warp.rotation(hand.signed(MOST_DEGREES), image.height(), image.width())
          .apply(image, hand.fill());
    }
  },
  POSTERIZE {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      int bits = (int) (hand.share() * MOST_BITS);
      return Tones.posterize(image, hand.increasing() ? MOST_BITS - bits : bits);
    }
  },
  SOLARIZE {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      int threshold = (int) (hand.share() * 256);
      return Tones.solarize(image, hand.increasing() ? 256 - threshold : threshold);
    }
  },
  SOLARIZE_ADD {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.solarizeAdd(image, (int) (hand.share() * MOST_ADDED));
    }
  },
  COLOR {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.color(image, hand.factor());
    }
  },
  CONTRAST {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.contrast(image, hand.factor());
    }
  },
  BRIGHTNESS {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.brightness(image, hand.factor());
    }
  },
  SHARPNESS {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Tones.sharpness(image, hand.factor());
    }
  },
  SHEAR_X {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Warp.shearX(hand.signed(MOST_SHEAR)).apply(image, hand.fill());
    }
  },
  SHEAR_Y {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Warp.shearY(hand.signed(MOST_SHEAR)).apply(image, hand.fill());
    }
  },
  TRANSLATE_X {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Warp.translation(hand.signed(MOST_TRANSLATION) * image.width(), 0)
          .apply(image, hand.fill());
    }
  },
  TRANSLATE_Y {
    @Override
    PixelImage apply(PixelImage image, Hand hand) {
      return Warp.translation(0, hand.signed(MOST_TRANSLATION) * image.height())
          .apply(image, hand.fill());
    }
  };

  private static final double MOST_DEGREES = 30;
  private static final int MOST_BITS = 4;
  private static final int MOST_ADDED = 110;
  private static final double MOST_SHEAR = 0.3;
  private static final double MOST_TRANSLATION = 0.45;

  /**
   * What a change is applied with.
   *
   * @param share its level over the highest, 0..1
   * @param increasing whether more level always means more change
   * @param fill what stands where nothing is, for each channel
   * @param random decides about signs
   */
  record Hand(double share, boolean increasing, int[] fill, Draws random) {

    /** The share of the most, of either sign. */
    double signed(double most) {
      return random.unit() < 0.5 ? share * most : -share * most;
    }

    /** How far an image moves away from a plainer one: 1 for not at all. */
    double factor() {
      return increasing ? 1 + signed(0.9) : 0.1 + share * 1.8;
    }
  }

  abstract PixelImage apply(PixelImage image, Hand hand);
}
