package io.mae4j.core.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {
  private static final int FEW = 2;
  private static final int LETTERS_PER_EDIT = 3;

  private Nearest() {}

  /**
   * The candidate with the fewest edits, if they are few for its length: two, or one for every
   * three letters.
   *
   * @param name what was written
   * @param candidates what there is
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            candidate ->
                edits(name, candidate) <= Math.max(FEW, candidate.length() / LETTERS_PER_EDIT));
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
