package io.mae4j.core.model;

import io.mae4j.api.data.Batch;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts images into patches on the host, so that the encoder never embeds what it will not see.
 *
 * @param image the images
 */
public record PatchCutter(ImageSpec image) {

  /**
   * The inputs of a pre-training step.
   *
   * @param batch B images
   * @param masks a mask for each image, all with the same number of visible patches
   * @return the inputs that {@link MaskedAutoencoder} names, without the masked ones if nothing is
   *     hidden
   */
  public Map<String, Array> cut(Batch batch, List<Mask> masks) {
    if (!batch.fits(image)) {
      throw MaeException.user(
          "the model takes images of "
              + image.height()
              + "×"
              + image.width()
              + "×"
              + image.channels()
              + ", got "
              + batch.height()
              + "×"
              + batch.width()
              + "×"
              + batch.channels());
    }
    List<int[]> visible = masks.stream().map(Mask::visible).toList();
    List<int[]> masked = masks.stream().map(Mask::masked).toList();
    Map<String, Array> inputs = new LinkedHashMap<>();
    inputs.put(MaskedAutoencoder.VISIBLE_PATCHES, patches(batch.images(), visible, true));
    inputs.put(MaskedAutoencoder.VISIBLE_IDS, ids(visible));
    if (masked.get(0).length > 0) {
      inputs.put(MaskedAutoencoder.MASKED_PATCHES, patches(batch.images(), masked, false));
      inputs.put(MaskedAutoencoder.MASKED_IDS, ids(masked));
    }
    return inputs;
  }

  /**
   * The inputs of an encoder that sees whole images: all patches in their order.
   *
   * @param images B·C·H·W values
   * @param count B
   */
  public Map<String, Array> whole(float[] images, int count) {
    int[] all = java.util.stream.IntStream.range(0, image.grid().patches()).toArray();
    List<int[]> ids = java.util.Collections.nCopies(count, all);
    Map<String, Array> inputs = new LinkedHashMap<>();
    inputs.put(MaskedAutoencoder.VISIBLE_PATCHES, patches(images, ids, true));
    inputs.put(MaskedAutoencoder.VISIBLE_IDS, ids(ids));
    return inputs;
  }

  private static Array ids(List<int[]> rows) {
    int width = rows.get(0).length;
    int[] all = new int[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * width, width);
    }
    return Array.of(Shape.of(rows.size(), width), all);
  }

  private Array patches(float[] images, List<int[]> ids, boolean channelsFirst) {
    int perImage = ids.get(0).length;
    int values = image.patchValues();
    float[] out = new float[ids.size() * perImage * values];
    int offset = 0;
    for (int b = 0; b < ids.size(); b++) {
      for (int id : ids.get(b)) {
        copyPatch(images, b, id, out, offset, channelsFirst);
        offset += values;
      }
    }
    return Array.of(Shape.of(ids.size(), perImage, values), out);
  }

  private void copyPatch(
      float[] images, int b, int id, float[] out, int offset, boolean channelsFirst) {
    int patch = image.patch();
    int channels = image.channels();
    int width = image.width();
    int top = id / image.grid().columns() * patch;
    int left = id % image.grid().columns() * patch;
    if (!channelsFirst) {
      interleavePatch(images, b, top, left, out, offset);
      return;
    }
    for (int c = 0; c < channels; c++) {
      int plane = (b * channels + c) * image.height();
      for (int row = 0; row < patch; row++) {
        int source = (plane + top + row) * width + left;
        System.arraycopy(images, source, out, offset + (c * patch + row) * patch, patch);
      }
    }
  }

  private void interleavePatch(float[] images, int b, int top, int left, float[] out, int offset) {
    int channels = image.channels();
    int plane = image.height() * image.width();
    int to = offset;
    for (int row = top; row < top + image.patch(); row++) {
      int from = b * channels * plane + row * image.width() + left;
      for (int pixel = from; pixel < from + image.patch(); pixel++) {
        for (int c = 0; c < channels; c++) {
          out[to++] = images[pixel + c * plane];
        }
      }
    }
  }
}
