package io.mae4j.api.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a data set does not use of what lies at its location, counted by reason.
 *
 * @param counts how many things, at least one, by a reason that is read behind the number, for
 *     example {@code hidden} or {@code .heic files}
 */
public record LeftOut(Map<String, Integer> counts) {

  /** Copies the map, keeping its order, and checks the counts. */
  public LeftOut {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    counts.forEach(
        (reason, count) -> {
          if (reason.isBlank() || count < 1) {
            throw new IllegalArgumentException("left out: " + count + " '" + reason + "'");
          }
        });
  }

  /** All is used. */
  public static LeftOut nothing() {
    return new LeftOut(Map.of());
  }

  /** This and some more things of a reason; none change nothing. */
  public LeftOut and(int count, String reason) {
    if (count == 0) {
      return this;
    }
    Map<String, Integer> more = new LinkedHashMap<>(counts);
    more.merge(reason, count, Math::addExact);
    return new LeftOut(more);
  }

  /** Whether all is used. */
  public boolean isNothing() {
    return counts.isEmpty();
  }

  /** The counts with their reasons, for people, for example {@code 100 .heic files, 2 hidden}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }
}
