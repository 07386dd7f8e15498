package io.mae4j.eval.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RebuildingTest {
  /** Two rows of three patches of 2×2 pixels with three channels. */
  private static final ImageSpec SPEC = new ImageSpec(4, 6, 3, 2);

  private static final PixelScale SCALE = new PixelScale(List.of(.5, .4, .3), List.of(.25, .2, .1));

  private static final List<Mask> MASKS =
      List.of(
          Mask.ofOrder(new int[] {4, 0, 5, 1, 3, 2}, 2),
          Mask.ofOrder(new int[] {3, 1, 0, 2, 4, 5}, 2));

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(5);
    float[] images = new float[2 * 3 * 4 * 6];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    return new Batch(4, 6, 3, 0, images, new int[2], new int[2]);
  }

  private static Array truth(Batch batch) {
    return new PatchCutter(SPEC).cut(batch, MASKS).get(MaskedAutoencoder.MASKED_PATCHES);
  }

  @Test
  void rebuildsTheOriginalFromTheTruePatches() {
    Batch batch = batch();
    List<RebuiltImage> images =
        new Rebuilding(SPEC, SCALE, false).apply(batch, MASKS, truth(batch));
    assertThat(images).hasSize(2);
    for (RebuiltImage image : images) {
      assertThat(image.rebuilt()).containsExactly(image.original(), within(1e-6f));
    }
    // image 1, channel 2, row 3, column 5
    int last = 24 + 24 + 24 - 1;
    assertThat(images.get(1).original()[last])
        .isEqualTo((float) (batch.images()[72 + last] * .1 + .3));
  }

  @Test
  void rebuildsTheOriginalFromTheTrueNormalisedPatches() {
    Batch batch = batch();
    float[] targets = truth(batch).toFloats().clone();
    for (int first = 0; first < targets.length; first += SPEC.patchValues()) {
      float[] patch = Arrays.copyOfRange(targets, first, first + SPEC.patchValues());
      PatchNormalization normalization = PatchNormalization.of(patch);
      for (int i = 0; i < patch.length; i++) {
        targets[first + i] = (float) normalization.normalise(patch[i]);
      }
    }
    List<RebuiltImage> images =
        new Rebuilding(SPEC, SCALE, true)
            .apply(batch, MASKS, Array.of(Shape.of(2, 4, 12), targets));
    for (RebuiltImage image : images) {
      assertThat(image.rebuilt()).containsExactly(image.original(), within(1e-6f));
    }
  }

  @Test
  void leavesVisiblePatchesAlone() {
    Batch batch = batch();
    RebuiltImage image =
        new Rebuilding(SPEC, SCALE, false)
            .apply(batch, MASKS, Array.of(Shape.of(2, 4, 12), new float[96]))
            .get(0);
    for (int i = 0; i < 72; i++) {
      int patch = image.patchOf(i / 6 % 4, i % 6);
      boolean visible = patch == 4 || patch == 0;
      float expected = visible ? image.original()[i] : SCALE.mean().get(i / 24).floatValue();
      assertThat(image.rebuilt()[i]).isEqualTo(expected);
    }
  }

  @Test
  void measuresTheErrorOfHiddenPixelsAsAPictureShowsThem() {
    ImageSpec spec = new ImageSpec(1, 3, 1, 1);
    Mask mask = Mask.ofHidden(new boolean[] {false, true, true});
    float[] original = {0, .5f, 1};
    // the visible pixel does not count; 1.75 is cut to 1
    RebuiltImage image = new RebuiltImage(spec, mask, original, new float[] {.9f, .25f, 1.75f});
    assertThat(image.hiddenError()).isEqualTo(.0625 / 2);
    ReconstructionPicture picture = new ReconstructionPicture(List.of(image), false, "");
    assertThat(picture.hiddenPsnr()).isCloseTo(15.0515, within(1e-4));
  }

  @Test
  void refusesPredictionsOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Rebuilding(SPEC, SCALE, false)
                    .apply(batch(), MASKS, Array.of(Shape.of(2, 2, 12), new float[48])))
        .withMessageContaining("[2, 2, 12], expected [2, 4, 12]");
  }
}
