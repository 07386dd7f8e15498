package io.mae4j.eval.picture;

import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts predicted patches back into images.
 *
 * @param spec the images' extents and patches
 * @param scale how pixels became the model's values
 * @param normalizedTargets whether the model predicts patches that are normalised each by itself
 *     ({@code norm_pix_loss}); they are then restored with the true patch's mean and deviation
 */
public record Rebuilding(ImageSpec spec, PixelScale scale, boolean normalizedTargets) {

  /** Checks that every channel has a scale. */
  public Rebuilding {
    if (scale.mean().size() != spec.channels()) {
      throw new IllegalArgumentException(
          scale.mean().size() + " channel means for " + spec.channels() + " channels");
    }
  }

  /**
   * The images of a batch with their predictions.
   *
   * @param batch B images as the model took them
   * @param masks a mask for each image
   * @param pred the predicted hidden patches [B, Nm, P²C] in the order of each mask's hidden
   *     patches, values in the order (row, column, channel)
   */
  public List<RebuiltImage> apply(Batch batch, List<Mask> masks, Array pred) {
    int hidden = masks.get(0).masked().length;
    Shape expected = Shape.of(batch.size(), hidden, spec.patchValues());
    if (!batch.fits(spec) || masks.size() != batch.size() || !pred.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "batch of "
              + batch.size()
              + " images, "
              + masks.size()
              + " masks and predictions "
              + pred.shape()
              + ", expected "
              + expected);
    }
    float[] predicted = pred.toFloats();
    int size = spec.channels() * spec.height() * spec.width();
    List<RebuiltImage> images = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      float[] original = new float[size];
      for (int i = 0; i < size; i++) {
        original[i] =
            (float) scale.pixel(batch.images()[b * size + i], i / (spec.height() * spec.width()));
      }
      float[] rebuilt = original.clone();
      int[] masked = masks.get(b).masked();
      for (int m = 0; m < masked.length; m++) {
        int first = (b * hidden + m) * spec.patchValues();
        paste(batch.images(), b * size, masked[m], predicted, first, rebuilt);
      }
      images.add(new RebuiltImage(spec, masks.get(b), original, rebuilt));
    }
    return images;
  }

  private void paste(
      float[] truth, int image, int patch, float[] predicted, int first, float[] rebuilt) {
    int[] places = places(patch);
    float[] values = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = truth[image + places[i]];
    }
    PatchNormalization normalization =
        normalizedTargets ? PatchNormalization.of(values) : new PatchNormalization(0, 1);
    for (int i = 0; i < places.length; i++) {
      rebuilt[places[i]] =
          (float) scale.pixel(normalization.restore(predicted[first + i]), i % spec.channels());
    }
  }

  /** Where in an image [C·H·W] the values of a patch lie, in the order (row, column, channel). */
  private int[] places(int patch) {
    int side = spec.patch();
    int top = patch / spec.grid().columns() * side;
    int left = patch % spec.grid().columns() * side;
    int[] places = new int[spec.patchValues()];
    for (int i = 0; i < places.length; i++) {
      int channel = i % spec.channels();
      int row = top + i / spec.channels() / side;
      int column = left + i / spec.channels() % side;
      places[i] = (channel * spec.height() + row) * spec.width() + column;
    }
    return places;
  }
}
