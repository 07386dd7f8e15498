package io.mae4j.eval.probe;

/**
 * How a linear probe is trained: AdamW with β .9/.999 and a learning rate that falls to zero as
 * half a cosine.
 *
 * @param epochs the least passes over the training features, at least 1
 * @param steps the least steps, at least 1; few features are passed over more often to get there
 * @param batchSize features of one step, at least 1; all of them where there are fewer
 * @param lr the first learning rate
 * @param weightDecay decay of the weight matrix; the bias has none
 */
record ProbeRecipe(int epochs, int steps, int batchSize, double lr, double weightDecay) {

  ProbeRecipe {
    if (epochs < 1 || steps < 1 || batchSize < 1 || !(lr > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              "epochs %d, steps %d, batch size %d, lr %s and weight decay %s are no recipe",
              epochs, steps, batchSize, lr, weightDecay));
    }
  }

  /** What the service uses. */
  static ProbeRecipe standard() {
    return new ProbeRecipe(100, 2000, 512, 5e-3, 0.5);
  }

  /** The passes over training features of which so many batches are full. */
  int epochsOf(int batches) {
    return Math.max(epochs, (steps + batches - 1) / batches);
  }
}
