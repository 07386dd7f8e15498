package io.mae4j.core.checkpoint.format;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model out of a file of others.
 *
 * @param format the file's format, for people
 * @param architecture its numbers
 * @param values its tensors under the official names, in the official order
 * @param optimizer the optimizer's tensors, {@code exp_avg.NAME} and {@code exp_avg_sq.NAME}; empty
 *     unless the file holds those of AdamW and they were asked for
 * @param progress how far its training was, as far as the file says
 * @param notes what its reader should tell people, a sentence each
 */
public record StoredModel(
    String format,
    Architecture architecture,
    Map<String, Array> values,
    Map<String, Array> optimizer,
    Progress progress,
    List<String> notes) {

  /** Copies the collections, keeping their order. */
  public StoredModel {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    notes = List.copyOf(notes);
  }
}
