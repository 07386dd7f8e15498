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
 * uses it to the last; blocks whose lives overlap lie apart. Larger blocks are placed first, each
 * as low as it fits, so that the total comes close to the most that is alive at once.
 */
public final class MemoryPlan {
  /** Blocks start at multiples of this many elements: a cache line of single precision. */
  public static final int ALIGNMENT = 16;

  private final Map<Block, Long> offsets = new HashMap<>();
  private long size;

  private record Life(Block block, int first, int last) {
    boolean overlaps(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  private record Placed(Life life, long from, long to) {}

  private MemoryPlan() {}

  /**
   * Plans the workspace of some instructions.
   *
   * @param instructions all of a run, in their order
   * @param kept blocks that are read after the last instruction as well
   */
  public static MemoryPlan of(List<Instruction> instructions, Set<Block> kept) {
    MemoryPlan plan = new MemoryPlan();
    List<Placed> placed = new ArrayList<>();
    for (Life life : lives(instructions, kept)) {
      plan.place(life, placed);
    }
    return plan;
  }

  private static List<Life> lives(List<Instruction> instructions, Set<Block> kept) {
    Map<Block, Life> lives = new LinkedHashMap<>();
    for (int i = 0; i < instructions.size(); i++) {
      int now = i;
      List<View> used = new ArrayList<>(instructions.get(i).reads());
      used.addAll(instructions.get(i).writes());
      for (View view : used) {
        if (view.block().home() == Block.Home.WORKSPACE) {
          lives.merge(
              view.block(),
              new Life(view.block(), now, now),
              (before, here) -> new Life(before.block(), before.first(), now));
        }
      }
    }
    int end = instructions.size();
    lives.replaceAll(
        (block, life) -> kept.contains(block) ? new Life(block, life.first(), end) : life);
    return lives.values().stream()
        .sorted(
            Comparator.comparingLong((Life life) -> -life.block().size())
                .thenComparingInt(Life::first))
        .toList();
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
