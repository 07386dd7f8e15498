package io.mae4j.eval.probe;

/**
 * How a linear probe is trained: AdamW with β .9/.999 and a learning rate that falls to zero as
 * half a cosine.
 *
 * @param epochs passes over the training features, at least 1
 * @param batchSize features of one step, at least 1; all of them where there are fewer
 * @param lr the first learning rate
 * @param weightDecay decay of the weight matrix; the bias has none
 */
record ProbeRecipe(int epochs, int batchSize, double lr, double weightDecay) {

  ProbeRecipe {
    if (epochs < 1 || batchSize < 1 || !(lr > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "epochs "
              + epochs
              + ", batch size "
              + batchSize
              + ", lr "
              + lr
              + " and weight decay "
              + weightDecay
              + " are no recipe");
    }
  }

  /** What the service uses. */
  static ProbeRecipe standard() {
    return new ProbeRecipe(100, 512, 5e-3, 0.5);
  }
}
