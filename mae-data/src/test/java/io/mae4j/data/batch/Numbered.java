package io.mae4j.data.batch;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Grey images of 12×10 pixels whose samples are drawn from their number; some are damaged. */
final class Numbered implements Dataset {
  private final int size;
  private final Set<Integer> damaged;
  private final AtomicInteger reads = new AtomicInteger();

  Numbered(int size, Integer... damaged) {
    this.size = size;
    this.damaged = Set.of(damaged);
  }

  /** How often an image was read, or found damaged. */
  int reads() {
    return reads.get();
  }

  @Override
  public String name() {
    return "numbered";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String id(int index) {
    return "picture-" + index;
  }

  @Override
  public int label(int index) {
    return index % 3;
  }

  @Override
  public List<String> classes() {
    return List.of("a", "b", "c");
  }

  @Override
  public PixelImage read(int index) {
    reads.incrementAndGet();
    if (damaged.contains(index)) {
      throw MaeException.data(id(index) + ": truncated");
    }
    byte[] samples = new byte[120];
    new SplittableRandom(index).nextBytes(samples);
    return new PixelImage(12, 10, 1, samples);
  }
}
