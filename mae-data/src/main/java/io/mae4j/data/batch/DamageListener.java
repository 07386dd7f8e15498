package io.mae4j.data.batch;

/** Hears of images that cannot be used. */
@FunctionalInterface
public interface DamageListener {

  /**
   * Told once for each damaged image, on a worker thread, one call at a time.
   *
   * @param image its name
   * @param reason what is wrong with it, for people
   */
  void damaged(String image, String reason);
}
