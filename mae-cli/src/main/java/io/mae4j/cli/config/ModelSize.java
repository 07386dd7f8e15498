package io.mae4j.cli.config;

import io.mae4j.api.model.VitConfig;

/** The named sizes of models: the published ones, and two smaller ones for small images and machines. */
public enum ModelSize {
  /** For images of about 32 pixels on a laptop: 192/12/3, decoder 96/4/3. */
  TINY(new VitConfig(192, 12, 3, 4), new VitConfig(96, 4, 3, 4), 16),
  /** Between tiny and base: 384/12/6, decoder 192/4/6. */
  SMALL(new VitConfig(384, 12, 6, 4), new VitConfig(192, 4, 6, 4), 16),
  /** ViT-B: 768/12/12, decoder 512/8/16. */
  BASE(new VitConfig(768, 12, 12, 4), new VitConfig(512, 8, 16, 4), 16),
  /** ViT-L: 1024/24/16, decoder 512/8/16. */
  LARGE(new VitConfig(1024, 24, 16, 4), new VitConfig(512, 8, 16, 4), 16),
  /** ViT-H: 1280/32/16, decoder 512/8/16. */
  HUGE(new VitConfig(1280, 32, 16, 4), new VitConfig(512, 8, 16, 4), 14);

  private static final int LEAST_PATCHES_A_SIDE = 7;

  private final VitConfig encoder;
  private final VitConfig decoder;
  private final int largestPatch;

  ModelSize(VitConfig encoder, VitConfig decoder, int largestPatch) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.largestPatch = largestPatch;
  }

  /** The encoder's blocks. */
  public VitConfig encoder() {
    return encoder;
  }

  /** The decoder's blocks. */
  public VitConfig decoder() {
    return decoder;
  }

  /**
   * The patch side for images of a size: the largest that divides both sides, leaves at least seven patches along the shorter
   * one, and is not above the published one (16, huge 14). So 224 gives 16 (huge 14), 64 gives 8, 32 and 28 give 4.
   */
  public int patch(ImageSize image) {
    int largest = Math.min(largestPatch, Math.min(image.height(), image.width()) / LEAST_PATCHES_A_SIDE);
    for (int patch = largest; patch > 1; patch--) {
      if (image.height() % patch == 0 && image.width() % patch == 0) {
        return patch;
      }
    }
    return 1;
  }
}
