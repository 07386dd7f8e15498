package io.mae4j.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jRuntimeTest {
  private static final long MORE_THAN_THERE_ARE_ADDRESSES = 1L << 46;

  private static void assertRunsOutOfMemory(Runnable allocation) {
    assertThatThrownBy(() -> Nd4jRuntime.LIBRARY.run("compiling program 'p'", allocation))
        .isInstanceOfSatisfying(
            MaeException.class,
            e -> assertThat(e.kind()).as(e.toString()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageStartingWith("compiling program 'p' ran out of memory: ");
  }

  @Test
  void anArrayThatCannotBeAllocatedMeansThatMemoryRanOut() {
    assertRunsOutOfMemory(() -> Nd4j.create(DataType.FLOAT, MORE_THAN_THERE_ARE_ADDRESSES).close());
  }

  @Test
  void aPointerThatCannotBeAllocatedMeansThatMemoryRanOut() {
    assertRunsOutOfMemory(() -> new FloatPointer(MORE_THAN_THERE_ARE_ADDRESSES).close());
  }
}
