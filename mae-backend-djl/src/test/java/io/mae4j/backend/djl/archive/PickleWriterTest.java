package io.mae4j.backend.djl.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PickleWriterTest {

  @Test
  void emptyTupleIsProtocolTwoTupleStop() {
    assertThat(PickleWriter.emptyTuple()).containsExactly(0x80, 2, ')', '.');
  }

  @Test
  void objectHasItsClassAndOneFalseAttribute() {
    // What CPython 3.11 writes for an instance with {"ok": False}, without its memo opcodes.
    byte[] expected =
        "\u0080\u0002c__torch__\nM\n)\u0081}X\u0002\u0000\u0000\u0000ok\u0089sb."
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(PickleWriter.objectWithFalse("__torch__", "M", "ok")).isEqualTo(expected);
  }
}
