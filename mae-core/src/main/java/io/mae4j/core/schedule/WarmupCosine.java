package io.mae4j.core.schedule;

/**
 * Linear warm-up, then half a cosine down to a minimum (Loshchilov and Hutter 2017), as the
 * official code's {@code adjust_learning_rate} computes it at a fractional epoch.
 *
 * @param lr peak learning rate
 * @param minLr learning rate at the end
 * @param warmupEpochs epochs of warm-up
 * @param epochs epochs of the whole run
 */
public record WarmupCosine(double lr, double minLr, double warmupEpochs, double epochs) {

  /** The learning rate of the official recipe: blr · images of an optimizer step / 256. */
  public static double scaled(double blr, int effectiveBatch) {
    return blr * effectiveBatch / 256;
  }

  /** The learning rate at a point of the run, in epochs with fraction. */
  public double at(double epoch) {
    if (epoch < warmupEpochs) {
      return lr * epoch / warmupEpochs;
    }
    double done = (epoch - warmupEpochs) / (epochs - warmupEpochs);
    return minLr + (lr - minLr) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
  }
}
