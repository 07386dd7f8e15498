package io.mae4j.api.data;

import io.mae4j.api.error.MaeException;

/** A form of data set that was found by {@link java.util.ServiceLoader}. */
public interface DatasetProvider {

  /** Its name, for example {@code image-folder}. */
  String name();

  /** One line for people: what it opens. */
  String description();

  /** Whether it can open a location. Looks, but reads no image. */
  boolean accepts(String location);

  /**
   * Opens a data set.
   *
   * @throws MaeException of kind DATA if nothing usable is there, saying what was looked for
   */
  Dataset open(DatasetRequest request);
}
