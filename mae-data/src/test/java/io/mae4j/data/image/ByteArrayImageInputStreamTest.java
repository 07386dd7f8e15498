package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ByteArrayImageInputStreamTest {

  @Test
  void aReaderThatGoesOnBehindTheEndIsStopped() throws IOException {
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(new byte[] {7})) {
      assertThat(stream.read()).isEqualTo(7);
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[4], 0, 4)).isEqualTo(-1);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  stream.read();
                }
              })
          .isInstanceOf(EOFException.class);
    }
  }
}
