package io.mae4j.api.checkpoint;

/**
 * How far a training run is.
 *
 * @param epoch epochs finished
 * @param images images of the running epoch that were learnt from: the place in its order where the
 *     next step begins, whatever its batch size
 * @param step optimizer steps finished since the start
 */
public record Progress(int epoch, int images, long step) {

  /** Checks that nothing is negative. */
  public Progress {
    if (epoch < 0 || images < 0 || step < 0) {
      throw new IllegalArgumentException(
          epoch + " epochs, " + images + " images, " + step + " steps");
    }
  }

  /** Nothing done yet. */
  public static Progress start() {
    return new Progress(0, 0, 0);
  }
}
