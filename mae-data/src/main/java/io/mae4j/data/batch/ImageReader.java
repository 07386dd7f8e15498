package io.mae4j.data.batch;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads images for all worker threads and keeps the list of damaged ones. */
final class ImageReader {
  private static final int MAX_DAMAGED_PERCENT = 10;

  private final Dataset dataset;
  private final DamageListener listener;
  private final Set<Integer> damaged = ConcurrentHashMap.newKeySet();

  ImageReader(Dataset dataset, DamageListener listener) {
    this.dataset = dataset;
    this.listener = listener;
  }

  Dataset dataset() {
    return dataset;
  }

  int damagedCount() {
    return damaged.size();
  }

  /**
   * An image, or nothing if it is damaged.
   *
   * @param worker the calling thread's own; a failure after its work ceased to be wanted says
   *     nothing about the image
   * @throws java.util.concurrent.CancellationException in that case
   * @throws MaeException of kind DATA if more than a tenth of all images, and more than one, are
   *     damaged, or all of them are
   */
  Optional<PixelImage> read(int index, Worker worker) {
    if (damaged.contains(index)) {
      return Optional.empty();
    }
    try {
      return Optional.of(dataset.read(index));
    } catch (MaeException e) {
      if (e.kind() != ErrorKind.DATA) {
        throw e;
      }
      worker.requireWanted();
      note(index, e);
      return Optional.empty();
    }
  }

  /**
   * An image, or if it is damaged the next one in the data set's order that is not, the first
   * following the last.
   *
   * @return its place in the data set and its pixels
   * @throws MaeException of kind DATA if there is none
   */
  Found readOrNext(int index, Worker worker) {
    for (int tries = 0; tries < dataset.size(); tries++) {
      int candidate = (index + tries) % dataset.size();
      Optional<PixelImage> image = read(candidate, worker);
      if (image.isPresent()) {
        return new Found(candidate, image.get());
      }
    }
    throw MaeException.data(dataset.name() + ": all " + dataset.size() + " images are damaged");
  }

  private synchronized void note(int index, MaeException reason) {
    if (!damaged.add(index)) {
      return;
    }
    listener.damaged(dataset.id(index), String.valueOf(reason.getMessage()));
    if (damaged.size() == dataset.size()) {
      throw new MaeException(
          ErrorKind.DATA,
          dataset.name()
              + ": all "
              + dataset.size()
              + " images are damaged; the last one: "
              + reason.getMessage(),
          reason);
    }
    int allowed = Math.max(1, (int) ((long) dataset.size() * MAX_DAMAGED_PERCENT / 100));
    if (damaged.size() > allowed) {
      throw new MaeException(
          ErrorKind.DATA,
          dataset.name()
              + ": "
              + damaged.size()
              + " of "
              + dataset.size()
              + " images are damaged so far, more than "
              + MAX_DAMAGED_PERCENT
              + " %; the last one: "
              + reason.getMessage(),
          reason);
    }
  }

  /**
   * An image that could be read.
   *
   * @param index its place in the data set
   * @param image its pixels
   */
  record Found(int index, PixelImage image) {}
}
