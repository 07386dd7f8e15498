package io.mae4j.backend.nd4j.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The instructions of a run: some one after the other, then sequences that may run at the same
 * time, then the rest one after the other. A sequence writes nothing that another one reads.
 *
 * @param before what comes first
 * @param parts the sequences
 * @param after what comes last
 */
public record Phases(
    List<Instruction> before, List<List<Instruction>> parts, List<Instruction> after) {

  /** Copies the lists. */
  public Phases {
    before = List.copyOf(before);
    parts = parts.stream().map(List::copyOf).toList();
    after = List.copyOf(after);
  }

  /** One after the other. */
  public static Phases of(List<Instruction> sequence) {
    return new Phases(sequence, List.of(), List.of());
  }

  /** These, and then some more. */
  public Phases then(List<Instruction> more) {
    List<Instruction> last = new ArrayList<>(after);
    last.addAll(more);
    return new Phases(before, parts, last);
  }

  /** All in an order in which they could run one after the other. */
  public List<Instruction> all() {
    List<Instruction> all = new ArrayList<>(before);
    parts.forEach(all::addAll);
    all.addAll(after);
    return all;
  }
}
