package io.mae4j.backend.nd4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static View whole(int... dims) {
    Shape shape = Shape.of(dims);
    return View.dense(new Block(Block.Home.WORKSPACE, DType.FLOAT32, shape.size()), 0, shape);
  }

  @Test
  void aSliceOfTheFirstAxisIsDenseAndOneOfTheLastIsNot() {
    View x = whole(4, 6);
    assertThat(x.slice(0, 1, 2).isDense()).isTrue();
    assertThat(x.slice(0, 1, 2).offset()).isEqualTo(6);
    View columns = x.slice(1, 2, 3);
    assertThat(columns.isDense()).isFalse();
    assertThat(columns.offset()).isEqualTo(2);
    assertThat(columns.strides()).containsExactly(6, 1);
  }

  @Test
  void theStrideOfAnAxisOfOneDoesNotMatter() {
    assertThat(whole(1, 6).slice(1, 0, 3).isDense()).isTrue();
  }

  @Test
  void headsOfTokensAreSeenInPlace() {
    View heads = whole(2, 5, 36).slice(2, 12, 12).cutLast(3).permute(0, 2, 1, 3);
    assertThat(heads.shape()).isEqualTo(Shape.of(2, 3, 5, 4));
    assertThat(heads.strides()).containsExactly(180, 4, 36, 1);
    assertThat(heads.offset()).isEqualTo(12);
  }

  @Test
  void whatHasGapsCannotBeReshaped() {
    assertThatThrownBy(() -> whole(4, 6).slice(1, 0, 3).flat())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[12]");
  }
}
