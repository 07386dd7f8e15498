package io.mae4j.backend.nd4j.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places of the workspace blocks of one graph. A block lives from the first instruction that
 * uses it to the last; blocks whose lives overlap lie apart, and so do blocks of parts that run at
 * the same time. Larger blocks are placed first, each as low as it fits, so that the total comes
 * close to the most that is alive at once.
 */
public final class MemoryPlan {
  /** Blocks start at multiples of this many elements: a cache line of single precision. */
  public static final int ALIGNMENT = 16;

  /** The part of what no part uses. */
  private static final int NONE = -1;

  /** The part of what more than one part uses. */
  private static final int SEVERAL = -2;

  private final Map<Block, Long> offsets = new HashMap<>();
  private long size;

  /** From the first use to the last, and which part uses the block. */
  private record Life(Block block, int first, int last, int part) {
    Life and(Life later) {
      return new Life(block, first, later.last, join(part, later.part));
    }

    private static int join(int a, int b) {
      if (a == b || b == NONE) {
        return a;
      }
      return a == NONE ? b : SEVERAL;
    }

    boolean overlaps(Life other) {
      return (first <= other.last && other.first <= last) || runsBeside(other);
    }

    private boolean runsBeside(Life other) {
      return part != NONE && other.part != NONE && (part != other.part || part == SEVERAL);
    }
  }

  private record Placed(Life life, long from, long to) {}

  private MemoryPlan() {}

  /**
   * Plans the workspace of some instructions.
   *
   * @param phases all instructions of a run
   * @param kept blocks that are read after the last instruction as well
   */
  public static MemoryPlan of(Phases phases, Set<Block> kept) {
    MemoryPlan plan = new MemoryPlan();
    List<Placed> placed = new ArrayList<>();
    for (Life life : lives(phases, kept)) {
      plan.place(life, placed);
    }
    return plan;
  }

  private static List<Life> lives(Phases phases, Set<Block> kept) {
    Map<Block, Life> lives = new LinkedHashMap<>();
    int end = note(lives, phases.before(), 0, NONE);
    for (int part = 0; part < phases.parts().size(); part++) {
      end = note(lives, phases.parts().get(part), end, part);
    }
    int last = note(lives, phases.after(), end, NONE);
    lives.replaceAll(
        (block, life) -> kept.contains(block) ? life.and(new Life(block, last, last, NONE)) : life);
    return lives.values().stream()
        .sorted(
            Comparator.comparingLong((Life life) -> -life.block().size())
                .thenComparingInt(Life::first))
        .toList();
  }

  /** Notes the uses of one sequence, and tells the time after it. */
  private static int note(Map<Block, Life> lives, List<Instruction> sequence, int start, int part) {
    int now = start;
    for (Instruction instruction : sequence) {
      List<View> used = new ArrayList<>(instruction.reads());
      used.addAll(instruction.writes());
      for (View view : used) {
        if (view.block().home() == Block.Home.WORKSPACE) {
          lives.merge(view.block(), new Life(view.block(), now, now, part), Life::and);
        }
      }
      now++;
    }
    return now;
  }

  private void place(Life life, List<Placed> placed) {
    long need = align(life.block().size());
    long at = 0;
    for (Placed other : placed) { // ascending by where they start
      if (other.life().overlaps(life)) {
        if (at + need <= other.from()) {
          break;
        }
        at = Math.max(at, other.to());
      }
    }
    Placed here = new Placed(life, at, at + need);
    int index = 0;
    while (index < placed.size() && placed.get(index).from() <= at) {
      index++;
    }
    placed.add(index, here);
    offsets.put(life.block(), at);
    size = Math.max(size, here.to());
  }

  /** The next multiple of {@link #ALIGNMENT}. */
  public static long align(long elements) {
    return (elements + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** How many elements the workspace needs. */
  public long size() {
    return size;
  }

  /**
   * Where a block starts in the workspace.
   *
   * @throws IllegalArgumentException if no instruction uses it
   */
  public long offset(Block block) {
    Long offset = offsets.get(block);
    if (offset == null) {
      throw new IllegalArgumentException("no instruction uses " + block);
    }
    return offset;
  }
}
