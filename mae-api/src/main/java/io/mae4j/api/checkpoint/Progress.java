package io.mae4j.api.checkpoint;

/**
 * How far a training run is.
 *
 * @param epoch epochs finished
 * @param batch batches finished in the running epoch
 * @param step optimizer steps finished since the start
 */
public record Progress(int epoch, int batch, long step) {

  /** Nothing done yet. */
  public static Progress start() {
    return new Progress(0, 0, 0);
  }
}
