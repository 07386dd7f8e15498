package io.mae4j.eval.classify;

/**
 * How the images of a batch are mixed with those of the batch in reverse order: image i with image
 * B−1−i. The labels are mixed with the same share.
 */
sealed interface Mix {

  /** λ, what remains of the image itself, 0..1. */
  double share();

  /**
   * Mixes in place.
   *
   * @param images B·C·H·W values
   * @param count B
   */
  void apply(float[] images, int count, int height, int width);

  /**
   * Each value is a weighted mean (Zhang et al. 2018).
   *
   * @param share λ
   */
  record Blend(double share) implements Mix {
    @Override
    public void apply(float[] images, int count, int height, int width) {
      int size = images.length / count;
      float own = (float) share;
      float other = (float) (1 - share);
      for (int i = 0; i < (count + 1) / 2; i++) {
        int a = i * size;
        int b = (count - 1 - i) * size;
        for (int v = 0; v < size; v++) {
          float first = images[a + v];
          float second = images[b + v];
          images[a + v] = first * own + second * other;
          images[b + v] = second * own + first * other;
        }
      }
    }
  }

  /**
   * A rectangle comes from the other image (Yun et al. 2019).
   *
   * @param top first row
   * @param bottom row after the last
   * @param left first column
   * @param right column after the last
   * @param share λ: one minus the rectangle's share of the area
   */
  record Paste(int top, int bottom, int left, int right, double share) implements Mix {

    /**
     * A square of the share 1 − λ of the image around a centre, as far as it lies in the image; an
     * odd side loses its last row or column.
     */
    static Paste around(int row, int column, double lambda, int height, int width) {
      double ratio = Math.sqrt(1 - lambda);
      int halfHeight = (int) (height * ratio) / 2;
      int halfWidth = (int) (width * ratio) / 2;
      int top = Math.max(0, row - halfHeight);
      int bottom = Math.min(height, row + halfHeight);
      int left = Math.max(0, column - halfWidth);
      int right = Math.min(width, column + halfWidth);
      double area = (double) (bottom - top) * (right - left);
      return new Paste(top, bottom, left, right, 1 - area / ((double) height * width));
    }

    @Override
    public void apply(float[] images, int count, int height, int width) {
      int size = images.length / count;
      for (int i = 0; i < count / 2; i++) {
        for (int plane = 0; plane < size; plane += height * width) {
          for (int row = top; row < bottom; row++) {
            int offset = plane + row * width;
            swap(images, i * size + offset, (count - 1 - i) * size + offset);
          }
        }
      }
    }

    private void swap(float[] images, int a, int b) {
      for (int column = left; column < right; column++) {
        float kept = images[a + column];
        images[a + column] = images[b + column];
        images[b + column] = kept;
      }
    }
  }
}
