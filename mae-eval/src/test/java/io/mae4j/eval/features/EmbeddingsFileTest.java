package io.mae4j.eval.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsFileTest {
  private static final Embeddings EMBEDDINGS =
      new Embeddings(
          2,
          new float[] {1.5f, -2, 0.1f, 1e-20f},
          List.of("a.png", "b, \"c\".png"),
          List.of(3, -1));

  @TempDir Path folder;

  @Test
  void csvHasALineForEachImageWithItsId() throws IOException {
    Path path = folder.resolve("f.csv");
    EmbeddingsFile.save(path, EMBEDDINGS);

    assertThat(Files.readString(path))
        .isEqualTo("id,label,f0,f1\na.png,3,1.5,-2.0\n\"b, \"\"c\"\".png\",-1,0.1,1.0E-20\n");
  }

  @Test
  void npyIsWhatNumpyDocuments() throws IOException {
    Path path = folder.resolve("f.npy");
    EmbeddingsFile.save(path, EMBEDDINGS);

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + bytes.getShort(8);
    assertThat(start % 64).isZero();
    assertThat(new String(bytes.array(), 10, start - 10, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }")
        .endsWith("\n");
    assertThat(bytes.capacity()).isEqualTo(start + 16);
    assertThat(bytes.getFloat(start + 4)).isEqualTo(-2);
    assertThat(Files.readString(folder.resolve("f.npy.ids.csv"))).startsWith("id,label\na.png,3\n");
  }

  @Test
  void safetensorsHoldFeaturesLabelsAndIds() {
    Path path = folder.resolve("f.safetensors");
    EmbeddingsFile.save(path, EMBEDDINGS);

    Safetensors file = SafetensorsReader.read(path);
    assertThat(file.tensors().get("features").floats()).isEqualTo(EMBEDDINGS.values());
    assertThat(file.tensors().get("labels").ints()).containsExactly(3, -1);
    assertThat(file.metadata().get("ids").split("\n")).containsExactlyElementsOf(EMBEDDINGS.ids());
  }

  @Test
  void otherEndingsAreRefused() {
    assertThatThrownBy(() -> EmbeddingsFile.of(Path.of("f.txt")))
        .hasMessageContaining(".npy")
        .hasMessageContaining("f.txt");
  }
}
