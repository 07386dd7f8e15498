package io.mae4j.cli.config;

import io.mae4j.api.model.VitConfig;

/**
 * The named sizes of models: the published ones, and two smaller ones for small images and
 * machines.
 */
public enum ModelSize {
  /** For images of about 32 pixels on a laptop: 192/12/3, decoder 96/4/3. */
  TINY(192, 12, 3, 96, 4, 3, 16),
  /** Between tiny and base: 384/12/6, decoder 192/4/6. */
  SMALL(384, 12, 6, 192, 4, 6, 16),
  /** ViT-B: 768/12/12, decoder 512/8/16. */
  BASE(768, 12, 12, 512, 8, 16, 16),
  /** ViT-L: 1024/24/16, decoder 512/8/16. */
  LARGE(1024, 24, 16, 512, 8, 16, 16),
  /** ViT-H: 1280/32/16, decoder 512/8/16. */
  HUGE(1280, 32, 16, 512, 8, 16, 14);

  private static final int LEAST_PATCHES_A_SIDE = 7;

  private static final double MLP_RATIO = 4;

  private final int encoderWidth;
  private final int encoderDepth;
  private final int encoderHeads;
  private final int decoderWidth;
  private final int decoderDepth;
  private final int decoderHeads;
  private final int largestPatch;

  ModelSize(
      int encoderWidth,
      int encoderDepth,
      int encoderHeads,
      int decoderWidth,
      int decoderDepth,
      int decoderHeads,
      int largestPatch) {
    this.encoderWidth = encoderWidth;
    this.encoderDepth = encoderDepth;
    this.encoderHeads = encoderHeads;
    this.decoderWidth = decoderWidth;
    this.decoderDepth = decoderDepth;
    this.decoderHeads = decoderHeads;
    this.largestPatch = largestPatch;
  }

  /** The encoder's blocks. */
  public VitConfig encoder() {
    return new VitConfig(encoderWidth, encoderDepth, encoderHeads, MLP_RATIO);
  }

  /** The decoder's blocks. */
  public VitConfig decoder() {
    return new VitConfig(decoderWidth, decoderDepth, decoderHeads, MLP_RATIO);
  }

  /**
   * The patch side for images of a size: the largest that divides both sides, leaves at least seven
   * patches along the shorter one, and is not above the published one (16, huge 14). So 224 gives
   * 16 (huge 14), 64 gives 8, 32 and 28 give 4.
   */
  public int patch(ImageSize image) {
    int largest =
        Math.min(largestPatch, Math.min(image.height(), image.width()) / LEAST_PATCHES_A_SIDE);
    for (int patch = largest; patch > 1; patch--) {
      if (image.height() % patch == 0 && image.width() % patch == 0) {
        return patch;
      }
    }
    return 1;
  }
}
