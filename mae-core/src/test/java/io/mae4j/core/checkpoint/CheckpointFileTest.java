package io.mae4j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFileTest {
  @TempDir Path folder;

  private static Checkpoint checkpoint() {
    Map<String, Array> model = new LinkedHashMap<>();
    model.put("cls_token", Array.of(Shape.of(1, 1, 2), new float[] {1.5f, -0f}));
    model.put(
        "blocks.0.norm1.weight",
        Array.of(Shape.of(3), new float[] {Float.MIN_VALUE, 2, Float.MAX_VALUE}));
    Map<String, Array> optimizer =
        Map.of("exp_avg.cls_token", Array.of(Shape.of(1, 1, 2), new float[] {0.25f, 1e-30f}));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("mask-ratio", 0.75);
    config.put("model", Map.of("name", "tiny", "heads", List.of(3, 3)));
    return new Checkpoint(model, optimizer, config, new Progress(2, 17, 1234), Map.of("seed", "7"));
  }

  @Test
  void whatIsWrittenIsReadBackToTheLastBit() {
    Path file = folder.resolve("checkpoint.safetensors");
    CheckpointFile.write(file, checkpoint());

    Checkpoint read = CheckpointFile.read(file);

    assertThat(read.model().keySet()).containsExactly("cls_token", "blocks.0.norm1.weight");
    assertThat(read.model().get("cls_token").floats()).containsExactly(1.5f, -0f);
    assertThat(read.model().get("cls_token").shape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(read.model().get("blocks.0.norm1.weight").floats())
        .containsExactly(Float.MIN_VALUE, 2, Float.MAX_VALUE);
    assertThat(read.optimizer().get("exp_avg.cls_token").floats()).containsExactly(0.25f, 1e-30f);
    assertThat(read.config()).isEqualTo(checkpoint().config());
    assertThat(read.progress()).isEqualTo(new Progress(2, 17, 1234));
    assertThat(read.provenance()).isEqualTo(Map.of("seed", "7"));
  }

  @Test
  void aFileOfAnEarlierVersionThatCountsBatchesIsRead() {
    Path file = folder.resolve("checkpoint.safetensors");
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "mae4j checkpoint 1");
    metadata.put("config", "{\"batch-size\":\"64\"}");
    metadata.put("progress", "{\"epoch\":2,\"batch\":3,\"step\":17}");
    metadata.put("provenance", "{}");
    SafetensorsWriter.write(file, new Safetensors(Map.of(), metadata));

    assertThat(CheckpointFile.read(file).progress()).isEqualTo(new Progress(2, 192, 17));

    metadata.put("progress", "{\"epoch\":2,\"batch\":-3,\"step\":17}");
    SafetensorsWriter.write(file, new Safetensors(Map.of(), metadata));
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining(file + ": its metadata 'progress' cannot be read");
  }

  @Test
  void equalCheckpointsAreEqualBytesAndNothingElseIsLeftBehind() throws IOException {
    CheckpointFile.write(folder.resolve("a"), checkpoint());
    CheckpointFile.write(folder.resolve("b"), checkpoint());

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void theDataOfTensorsStartsAtAMultipleOfEightBytes() throws IOException {
    Path file = folder.resolve("a");
    CheckpointFile.write(file, checkpoint());

    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();

    assertThat(header % 8).isZero();
  }

  @Test
  void aTruncatedFileIsRefusedNamingFileAndTensor() throws IOException {
    Path file = folder.resolve("a");
    CheckpointFile.write(file, checkpoint());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));

    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("exp_avg.cls_token")
        .hasMessageContaining("truncated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | lies at bytes 0 to 16",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | lies at bytes -4",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1152921504606846976],\"data_offsets\":[0,8]}} | extent",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}} | impossible shape",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | does not fill",
        "{\"w\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}} | unknown dtype 'Q4'",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | overlap",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}} | data_offsets",
        "{\"w\":1 | not JSON",
        "[1] | not a JSON object"
      })
  void hostileHeadersAreRefused(String header, String complaint) throws IOException {
    Path file = folder.resolve("hostile");
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).array());

    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(complaint);
  }

  @Test
  void aHeaderLengthBeyondTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = folder.resolve("hostile");
    Files.write(
        file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60).array());

    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .hasMessageContaining("claims a header of " + (1L << 60));
  }

  @Test
  void aSafetensorsFileOfAnotherProgramIsNoCheckpoint() {
    Path file = folder.resolve("other");
    SafetensorsWriter.write(file, new Safetensors(Map.of("w", Array.scalar(1)), Map.of()));

    assertThatThrownBy(() -> CheckpointFile.read(file))
        .hasMessageContaining("not a checkpoint of mae4j");
  }

  @Test
  void halfPrecisionIsWidenedExactly() throws IOException {
    Path file = folder.resolve("half");
    byte[] json =
        ("{\"h\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[10,14]}}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 14).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int bits : new int[] {0x3c00, 0xc500, 0x0001, 0x7bff, 0xfc00, 0x3f80, 0xc0a0}) {
      bytes.putShort((short) bits);
    }
    Files.write(file, bytes.array());

    Map<String, Array> tensors = SafetensorsReader.read(file).tensors();

    assertThat(tensors.get("h").floats())
        .containsExactly(1f, -5f, 0x1p-24f, 65504f, Float.NEGATIVE_INFINITY);
    assertThat(tensors.get("b").floats()).containsExactly(1f, -5f);
  }

  @Test
  void writingOverAFolderIsRefusedAndLeavesIt() throws IOException {
    Path path = Files.createDirectory(folder.resolve("a"));

    assertThatThrownBy(() -> CheckpointFile.write(path, checkpoint()))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("in the way");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void writingIntoAMissingFolderSaysSo() {
    assertThatThrownBy(() -> CheckpointFile.write(folder.resolve("no").resolve("a"), checkpoint()))
        .hasMessageContaining("its folder does not exist");
  }
}
