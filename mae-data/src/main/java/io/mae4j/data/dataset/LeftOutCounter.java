package io.mae4j.data.dataset;

import io.mae4j.api.data.LeftOut;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is left out, files by what their names end with. */
final class LeftOutCounter {
  private static final int MOST_ENDINGS = 8;
  private static final int LONGEST_ENDING = 12;

  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, Integer> endings = new TreeMap<>();

  /** Counts a thing of some reason. */
  void add(String reason) {
    reasons.merge(reason, 1, Integer::sum);
  }

  /** Counts a file that is not used for its name. */
  void addFile(Path file) {
    if (isHidden(file)) {
      add("hidden");
    } else {
      endings.merge(ending(file.getFileName().toString()), 1, Integer::sum);
    }
  }

  /** Whether a name begins with a dot. */
  static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  /** What was counted: the most frequent endings, then the reasons. */
  LeftOut leftOut() {
    List<Map.Entry<String, Integer>> byCount =
        endings.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    LeftOut leftOut = LeftOut.nothing();
    for (int i = 0; i < byCount.size(); i++) {
      String what = i < MOST_ENDINGS ? byCount.get(i).getKey() : "other files";
      leftOut = leftOut.and(byCount.get(i).getValue(), what);
    }
    for (Map.Entry<String, Integer> reason : reasons.entrySet()) {
      leftOut = leftOut.and(reason.getValue(), reason.getKey());
    }
    return leftOut;
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || dot == name.length() - 1 || name.length() - dot > LONGEST_ENDING
        ? "files of no known ending"
        : name.substring(dot).toLowerCase(Locale.ROOT) + " files";
  }
}
