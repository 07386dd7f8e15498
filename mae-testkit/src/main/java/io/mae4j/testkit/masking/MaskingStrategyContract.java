package io.mae4j.testkit.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * What every masking strategy must do. The author of one extends it:
 *
 * <pre>{@code
 * class MyMaskingContractTest extends MaskingStrategyContract {
 *   @Override
 *   protected MaskingStrategy strategy() {
 *     return new MyMasking();
 *   }
 * }
 * }</pre>
 *
 * <p>Grids from a single patch to 32×32, square and not, are masked at ratios from 0 to the largest
 * that leaves a patch visible.
 */
public abstract class MaskingStrategyContract {
  private static final List<PatchGrid> GRIDS =
      List.of(
          new PatchGrid(1, 1),
          new PatchGrid(1, 2),
          new PatchGrid(1, 17),
          new PatchGrid(17, 1),
          new PatchGrid(2, 2),
          new PatchGrid(3, 5),
          new PatchGrid(7, 7),
          new PatchGrid(4, 13),
          new PatchGrid(14, 14),
          new PatchGrid(9, 31),
          new PatchGrid(32, 32));
  private static final double[] RATIOS = {0, 0.01, 0.1, 0.25, 1 / 3.0, 0.5, 0.6, 0.75, 0.9, 0.99};
  private static final int SEEDS = 12;
  private static final int THREADS = 4;

  /** For subclasses. */
  protected MaskingStrategyContract() {}

  /** The strategy under test, a new one for each call. */
  protected abstract MaskingStrategy strategy();

  /** Ratios that leave a patch visible, up to the largest that does. */
  private static List<Double> ratios(PatchGrid grid) {
    List<Double> ratios = new ArrayList<>();
    for (double ratio : RATIOS) {
      if (grid.patches() * (1 - ratio) >= 1) {
        ratios.add(ratio);
      }
    }
    double largest = 1 - 1.0 / grid.patches();
    if (grid.patches() * (1 - largest) >= 1) {
      ratios.add(largest);
    }
    return ratios;
  }

  private static Mask draw(MaskingStrategy strategy, PatchGrid grid, double ratio, long seed) {
    return strategy.draw(grid, ratio, new Draws(seed));
  }

  @Test
  void exactlyTheAskedForCountStaysVisible() {
    MaskingStrategy strategy = strategy();
    for (PatchGrid grid : GRIDS) {
      for (double ratio : ratios(grid)) {
        for (int seed = 0; seed < SEEDS; seed++) {
          Mask mask = draw(strategy, grid, ratio, seed);
          assertThat(mask.patches()).as("patches of %s", grid).isEqualTo(grid.patches());
          assertThat(mask.visible())
              .as("visible patches of %s at ratio %s, seed %d", grid, ratio, seed)
              .hasSize(grid.visible(ratio));
        }
      }
    }
  }

  @Test
  void eachPatchIsEitherVisibleOrMasked() {
    MaskingStrategy strategy = strategy();
    for (PatchGrid grid : GRIDS) {
      for (double ratio : ratios(grid)) {
        Mask mask = draw(strategy, grid, ratio, 1);
        boolean[] hidden = mask.hidden();
        Set<Integer> all = new HashSet<>();
        for (int patch : mask.visible()) {
          assertThat(hidden[patch])
              .as("patch %d of %s is visible and hidden", patch, grid)
              .isFalse();
          all.add(patch);
        }
        for (int patch : mask.masked()) {
          assertThat(hidden[patch]).as("patch %d of %s is masked and shown", patch, grid).isTrue();
          all.add(patch);
        }
        assertThat(all).as("patches of %s", grid).hasSize(grid.patches());
        assertThat(mask.visible().length + mask.masked().length).isEqualTo(grid.patches());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameMask() {
    MaskingStrategy strategy = strategy();
    MaskingStrategy another = strategy();
    for (PatchGrid grid : GRIDS) {
      for (double ratio : ratios(grid)) {
        Mask first = draw(strategy, grid, ratio, 7);
        draw(strategy, grid, ratio, 8);
        assertThat(draw(strategy, grid, ratio, 7))
            .as("%s at ratio %s, drawn again", grid, ratio)
            .isEqualTo(first);
        assertThat(draw(another, grid, ratio, 7))
            .as("%s at ratio %s, drawn by another instance", grid, ratio)
            .isEqualTo(first);
      }
    }
  }

  @Test
  void otherSeedsGiveOtherMasks() {
    PatchGrid grid = new PatchGrid(14, 14);
    MaskingStrategy strategy = strategy();
    Set<Mask> masks = new HashSet<>();
    for (int seed = 0; seed < 64; seed++) {
      masks.add(draw(strategy, grid, 0.75, seed));
    }
    assertThat(masks).as("different masks of 64 seeds").hasSizeGreaterThan(1);
  }

  @Test
  void everyPatchIsMaskedNowAndThen() {
    PatchGrid grid = new PatchGrid(8, 6);
    MaskingStrategy strategy = strategy();
    Set<Integer> masked = new HashSet<>();
    for (int seed = 0; seed < 1000; seed++) {
      for (int patch : draw(strategy, grid, 0.75, seed).masked()) {
        masked.add(patch);
      }
    }
    assertThat(masked).as("patches masked in at least one of 1000 masks").hasSize(grid.patches());
  }

  @Test
  void nothingIsMaskedAtRatioZero() {
    MaskingStrategy strategy = strategy();
    for (PatchGrid grid : GRIDS) {
      assertThat(draw(strategy, grid, 0, 3).masked()).as("masked patches of %s", grid).isEmpty();
    }
  }

  @Test
  void ratiosThatLeaveNothingVisibleAreRefused() {
    PatchGrid grid = new PatchGrid(3, 3);
    MaskingStrategy strategy = strategy();
    for (double ratio : new double[] {-0.1, 0.9, 1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> draw(strategy, grid, ratio, 1))
          .as("ratio %s", ratio)
          .isInstanceOfSatisfying(
              MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER));
    }
  }

  @Test
  void severalThreadsGetTheMasksThatOneWouldGet() throws InterruptedException, ExecutionException {
    MaskingStrategy strategy = strategy();
    List<Mask> expected = drawMany(strategy);
    List<FutureTask<List<Mask>>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FutureTask<List<Mask>> task = new FutureTask<>(() -> drawMany(strategy));
      tasks.add(task);
      Thread thread = new Thread(task, "masking-contract-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    for (FutureTask<List<Mask>> task : tasks) {
      assertThat(task.get()).isEqualTo(expected);
    }
  }

  private static List<Mask> drawMany(MaskingStrategy strategy) {
    List<Mask> masks = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      PatchGrid grid = seed % 2 == 0 ? new PatchGrid(14, 14) : new PatchGrid(5, 9);
      masks.add(draw(strategy, grid, 0.75, seed));
    }
    return masks;
  }
}
