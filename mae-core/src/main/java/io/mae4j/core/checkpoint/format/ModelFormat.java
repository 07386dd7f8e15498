package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.util.Map;

/** How one library names the tensors of a model, and where it says what shapes do not. */
interface ModelFormat {

  /** Its name, for people. */
  String name();

  /** Whether a file is named so. */
  boolean fits(RawModel raw);

  /**
   * The tensors under the official names; what the model has no place for is left out or kept under
   * its own name, to be refused.
   *
   * @throws io.mae4j.api.error.MaeException of kind DATA if a tensor's part is missing
   */
  Map<String, Array> official(RawModel raw);

  /** What the file says besides its tensors. */
  ModelHints hints(RawModel raw);
}
