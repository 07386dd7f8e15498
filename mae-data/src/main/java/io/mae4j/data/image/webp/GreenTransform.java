package io.mae4j.data.image.webp;

/** Red and blue were stored less green. */
final class GreenTransform implements LosslessTransform {

  @Override
  public int[] undo(int[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      int green = (pixels[i] >>> 8) & 0xff;
      int others = (pixels[i] & 0xff00ff) + ((green << 16) | green);
      pixels[i] = (pixels[i] & 0xff00ff00) | (others & 0xff00ff);
    }
    return pixels;
  }
}
