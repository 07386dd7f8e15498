package io.mae4j.api.data;

/**
 * A decoded image: 8-bit samples in the order row, column, channel. The bytes are handed over, not
 * copied.
 *
 * @param height H in pixels
 * @param width W in pixels
 * @param channels C: 1 grey, 3 red-green-blue, or whatever the data set holds
 * @param samples H·W·C unsigned bytes
 */
public record PixelImage(int height, int width, int channels, byte[] samples) {

  /** Checks the number of samples. */
  public PixelImage {
    if (height < 1
        || width < 1
        || channels < 1
        || (long) height * width * channels != samples.length) {
      throw new IllegalArgumentException(
          height + "×" + width + "×" + channels + " image with " + samples.length + " samples");
    }
  }

  /** A sample as 0..255. */
  public int sample(int row, int column, int channel) {
    return samples[(row * width + column) * channels + channel] & 0xff;
  }
}
