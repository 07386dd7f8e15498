package io.mae4j.eval.compare;

import io.mae4j.api.data.Batch;

/** The sum of an image's values. */
final class Sums implements Representation {
  @Override
  public String name() {
    return "sums";
  }

  @Override
  public String detail() {
    return "one number";
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public float[] encode(Batch batch) {
    float[] sums = new float[batch.size()];
    int size = batch.images().length / batch.size();
    for (int i = 0; i < batch.images().length; i++) {
      sums[i / size] += batch.images()[i];
    }
    return sums;
  }
}
