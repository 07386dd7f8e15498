package io.mae4j.backend.nd4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static Block block(long size) {
    return new Block(Block.Home.WORKSPACE, DType.FLOAT32, size);
  }

  private static View all(Block block) {
    return View.dense(block, 0, Shape.of(Math.toIntExact(block.size())));
  }

  private static Instruction call(Block from, Block to) {
    return new Kernel("op", List.of(all(from)), List.of(all(to)), List.of(), List.of());
  }

  private static Phases inARow(Instruction... calls) {
    return Phases.of(List.of(calls));
  }

  @Test
  void blocksThatNeverLiveTogetherShareMemory() {
    Block a = block(64);
    Block b = block(64);
    Block c = block(64);
    MemoryPlan plan = MemoryPlan.of(inARow(call(a, b), call(b, c)), Set.of());
    assertThat(plan.offset(a)).isEqualTo(plan.offset(c)).isNotEqualTo(plan.offset(b));
    assertThat(plan.size()).isEqualTo(128);
  }

  @Test
  void anOperandAndTheResultOfOneInstructionLieApart() {
    Block a = block(16);
    Block b = block(16);
    MemoryPlan plan = MemoryPlan.of(inARow(call(a, b)), Set.of());
    assertThat(Math.abs(plan.offset(a) - plan.offset(b))).isEqualTo(16);
  }

  @Test
  void partsThatRunAtTheSameTimeShareNothing() {
    Block input = block(16);
    List<Block> left = List.of(block(16), block(16), block(16));
    List<Block> right = List.of(block(16), block(16), block(16));
    Block result = block(16);
    MemoryPlan plan =
        MemoryPlan.of(
            new Phases(
                List.of(call(block(16), input)),
                List.of(chain(input, left), chain(input, right)),
                List.of(call(left.get(2), result), call(right.get(2), result))),
            Set.of());
    for (Block one : left) {
      assertThat(right).extracting(plan::offset).doesNotContain(plan.offset(one));
    }
    assertThat(left).extracting(plan::offset).doesNotContain(plan.offset(input));
    assertThat(right).extracting(plan::offset).doesNotContain(plan.offset(input));
    assertThat(plan.offset(left.get(0))).as("within a part").isEqualTo(plan.offset(left.get(2)));
  }

  private static List<Instruction> chain(Block from, List<Block> blocks) {
    List<Instruction> calls = new ArrayList<>();
    Block last = from;
    for (Block block : blocks) {
      calls.add(call(last, block));
      last = block;
    }
    return calls;
  }

  @Test
  void whatIsKeptLivesToTheEnd() {
    Block a = block(16);
    Block b = block(16);
    Block c = block(16);
    Block d = block(16);
    List<Instruction> calls = List.of(call(a, b), call(b, c), call(c, d));
    assertThat(MemoryPlan.of(Phases.of(calls), Set.of()).size()).isEqualTo(32);
    MemoryPlan plan = MemoryPlan.of(Phases.of(calls), Set.of(a));
    assertThat(plan.size()).isEqualTo(48);
    assertThat(List.of(plan.offset(b), plan.offset(c), plan.offset(d)))
        .doesNotContain(plan.offset(a));
  }

  @Test
  void blocksBeginAtCacheLines() {
    Block a = block(3);
    Block b = block(17);
    Block c = block(1);
    MemoryPlan plan = MemoryPlan.of(inARow(call(a, b), call(a, c)), Set.of());
    for (Block block : List.of(a, b, c)) {
      assertThat(plan.offset(block) % MemoryPlan.ALIGNMENT).isZero();
    }
  }

  @Test
  void onlyTheWorkspaceIsPlanned() {
    Block resident = new Block(Block.Home.RESIDENT, DType.FLOAT32, 1000);
    Block state = new Block(Block.Home.STATE, DType.FLOAT32, 1000);
    MemoryPlan plan = MemoryPlan.of(inARow(call(resident, state)), Set.of());
    assertThat(plan.size()).isZero();
    assertThatThrownBy(() -> plan.offset(resident)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Runs random programs on one array as memory: every read must find what was last written. */
  @Test
  void noBlockIsOverwrittenWhileItLives() {
    Random random = new Random(4);
    for (int trial = 0; trial < 50; trial++) {
      List<Block> blocks = new ArrayList<>();
      List<Instruction> calls = new ArrayList<>();
      blocks.add(block(1 + random.nextInt(100)));
      for (int i = 0; i < 60; i++) {
        Block to = block(1 + random.nextInt(100));
        int back = Math.min(blocks.size(), 1 + random.nextInt(8));
        calls.add(call(blocks.get(blocks.size() - back), to));
        blocks.add(to);
      }
      MemoryPlan plan = MemoryPlan.of(Phases.of(calls), Set.of(blocks.get(0)));
      assertReadsFindWhatWasWritten(plan, calls, blocks.get(0));
    }
  }

  private static void assertReadsFindWhatWasWritten(
      MemoryPlan plan, List<Instruction> calls, Block first) {
    Block[] memory = new Block[Math.toIntExact(plan.size())];
    write(plan, memory, first);
    for (Instruction call : calls) {
      Block from = call.reads().get(0).block();
      assertThat(memory[Math.toIntExact(plan.offset(from))]).isSameAs(from);
      assertThat(memory[Math.toIntExact(plan.offset(from) + from.size() - 1)]).isSameAs(from);
      write(plan, memory, call.writes().get(0).block());
    }
    assertThat(memory[Math.toIntExact(plan.offset(first))]).isSameAs(first);
  }

  private static void write(MemoryPlan plan, Block[] memory, Block block) {
    for (long i = 0; i < block.size(); i++) {
      memory[Math.toIntExact(plan.offset(block) + i)] = block;
    }
  }
}
