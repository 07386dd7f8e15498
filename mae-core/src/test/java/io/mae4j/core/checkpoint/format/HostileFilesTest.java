package io.mae4j.core.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsWriter;
import io.mae4j.core.checkpoint.pickle.PickleWriter;
import io.mae4j.core.checkpoint.torch.TorchWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, lie, or mean harm: one sentence with the file and the tensor. */
class HostileFilesTest {
  private static final long MOST_MEMORY = 256L << 20;

  @TempDir Path folder;

  /** Reads a file that must be refused, and looks that no large memory was taken for it. */
  private String refusal(Path path) {
    long before = allocated();
    MaeException refused =
        catchThrowableOfType(MaeException.class, () -> ModelFiles.read(path, Fixtures.HINTS, true));
    assertThat(allocated() - before).as("bytes allocated").isLessThan(MOST_MEMORY);
    assertThat(refused).as("refusal of %s", path).isNotNull();
    assertThat(refused.kind()).isEqualTo(ErrorKind.DATA);
    assertThat(refused.getMessage())
        .contains(path.getFileName().toString())
        .doesNotContain("\n", "Exception");
    return refused.getMessage();
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** A zip of torch with this description and storages of zeros, compressed or not. */
  private Path zip(String name, byte[] pickle, int storageBytes, boolean compressed)
      throws IOException {
    Path path = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      stored(zip, "archive/data.pkl", pickle);
      if (compressed) {
        zip.putNextEntry(new ZipEntry("archive/data/0"));
        zip.write(new byte[storageBytes]);
        zip.closeEntry();
      } else {
        stored(zip, "archive/data/0", new byte[storageBytes]);
      }
    }
    return path;
  }

  private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] systemCall() {
    return new PickleWriter()
        .global("os", "system")
        .mark()
        .text("touch /tmp/mae4j-was-here")
        .tuple()
        .call()
        .finish();
  }

  private static byte[] model(String tensor, long elements, long stride, long dim) {
    PickleWriter pickle = new PickleWriter();
    pickle.dictionary().mark().text("model").dictionary().mark().text(tensor);
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    pickle.number(elements).tuple().persistent().number(0);
    pickle.mark().number(dim).tuple().mark().number(stride).tuple();
    pickle.flag(false).dictionary().tuple().call();
    return pickle.items().items().finish();
  }

  @Test
  void aPickleThatCallsTheSystemIsRefusedAndNotExecuted() throws IOException {
    assertThat(refusal(zip("evil.pth", systemCall(), 4, false)))
        .contains(
            "it asks for 'os.system', which is not allowed in a checkpoint; nothing was executed");
    assertThat(refusal(file("bare.pth", systemCall()))).contains("nothing was executed");
    byte[] legacy = Fixtures.bytes("legacy.pth");
    byte[] start = Arrays.copyOf(legacy, 21);
    byte[] call = systemCall();
    byte[] evil = Arrays.copyOf(start, start.length + call.length);
    System.arraycopy(call, 0, evil, start.length, call.length);
    assertThat(refusal(file("old.pth", evil))).contains("'os.system'");
    assertThat(Path.of("/tmp/mae4j-was-here")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "builtins.eval",
        "builtins.getattr",
        "posix.system",
        "torch.load",
        "torch.storage._load_from_bytes",
        "numpy.core.multiarray._reconstruct",
        "collections.defaultdict"
      })
  void onlyWhatCheckpointsAreMadeOfIsAllowed(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    byte[] pickle =
        new PickleWriter().global(name.substring(0, dot), name.substring(dot + 1)).finish();
    assertThat(refusal(zip("x.pth", pickle, 4, false))).contains("'" + name + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "full.pth,0.5",
    "full.pth,0.99",
    "legacy.pth,0.05",
    "legacy.pth,0.6",
    "legacy.pth,0.999"
  })
  void aTruncatedTorchFileIsRefused(String name, double share) throws IOException {
    byte[] bytes = Fixtures.bytes(name);
    refusal(file("cut-" + name, Arrays.copyOf(bytes, (int) (bytes.length * share))));
  }

  @Test
  void aTruncatedTorchFileIsToldAsSuchWithItsTensorWhereThatIsKnown() throws IOException {
    byte[] zip = Fixtures.bytes("full.pth");
    assertThat(refusal(file("cut.pth", Arrays.copyOf(zip, zip.length / 2))))
        .endsWith("the list of its parts, at its end, is missing or damaged; is it truncated?");
    byte[] legacy = Fixtures.bytes("legacy.pth");
    assertThat(refusal(file("old.pth", Arrays.copyOf(legacy, legacy.length * 6 / 10))))
        .containsPattern(
            "it ends before the values of tensor '[a-z_.0-9]+' do; is it truncated\\?");
  }

  @Test
  void aFileThatIsNoneOfAllFormsIsToldSo() throws IOException {
    assertThat(refusal(file("notes.pth", "hello, no checkpoint".getBytes(StandardCharsets.UTF_8))))
        .endsWith("is no checkpoint: neither a file of torch.save nor a safetensors file");
    assertThat(refusal(file("empty.pth", new byte[0]))).endsWith("nor a safetensors file");
  }

  @Test
  void aDamagedConfigIsNamed() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.write(
        model.resolve("model.safetensors"), Fixtures.bytes("huggingface/model.safetensors"));
    Files.writeString(model.resolve("config.json"), "{\"hidden_size\": 8");
    MaeException refused =
        catchThrowableOfType(
            MaeException.class, () -> ModelFiles.read(model, Fixtures.HINTS, false));
    assertThat(refused)
        .hasMessageEndingWith("config.json is damaged: it does not hold a JSON object");
  }

  @Test
  void aTruncatedSafetensorsFileIsRefusedWithItsTensor() throws IOException {
    byte[] bytes = Fixtures.bytes("expected.safetensors");
    assertThat(refusal(file("cut.safetensors", Arrays.copyOf(bytes, bytes.length - 1))))
        .contains("tensor '")
        .contains("is it truncated?");
    refusal(file("short.safetensors", new byte[5]));
    refusal(file("empty.safetensors", new byte[0]));
  }

  @Test
  void aHeaderThatPointsPastTheEndIsRefused() throws IOException {
    assertThat(
            refusal(
                safetensors(
                    "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", 8)))
        .contains("tensor 'a' lies at bytes 0 to 16, but the file holds 8");
  }

  @Test
  void claimsOfHugeSizesTakeNoMemory() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60);
    assertThat(refusal(file("huge.safetensors", header.array()))).contains("1152921504606846976");
    String huge =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1073741824,1073741824],\"data_offsets\":[0,1152921504606846976]}}";
    assertThat(refusal(safetensors(huge, 8))).contains("tensor 'a'");
    assertThat(refusal(zip("huge.pth", model("a", 1L << 60, 1, 1L << 60), 16, false)))
        .contains("huge.pth");
    assertThat(refusal(zip("lie.pth", model("a", 1 << 30, 1, 1 << 30), 16, false)))
        .contains("tensor 'a'")
        .contains("holds 16 bytes, not the 1073741824 elements");
  }

  @Test
  void aTensorThatRepeatsOneElementIsRefused() throws IOException {
    assertThat(refusal(zip("repeat.pth", model("a", 1, 0, 1 << 30), 4, false)))
        .contains("a storage of 1 elements");
  }

  @Test
  void textThatClaimsTwoGigabytesTakesNoMemory() throws IOException {
    byte[] pickle = {(byte) 0x80, 2, 'X', -1, -1, -1, 127, 'a', '.'};
    assertThat(refusal(zip("text.pth", pickle, 4, false))).contains("it claims more than it holds");
  }

  @Test
  void aZipBombIsRefusedUnpacked() throws IOException {
    assertThat(refusal(zip("bomb.pth", model("a", 16 << 20, 1, 16 << 20), 64 << 20, true)))
        .contains("tensor 'a'")
        .contains("is compressed and claims");
  }

  @Test
  void aPickleBombOfListsEndsEarly() throws IOException {
    byte[] pickle = new byte[5_000_000];
    Arrays.fill(pickle, (byte) ']');
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    assertThat(refusal(zip("lists.pth", pickle, 4, false))).contains("steps");
  }

  @Test
  void aTensorOfTheWrongShapeIsNamed() {
    Map<String, Array> model = new LinkedHashMap<>(Fixtures.model());
    model.put("blocks.0.attn.qkv.weight", Array.of(Shape.of(24, 4), new float[96]));
    Path path = folder.resolve("shape.pth");
    TorchWriter.write(path, model, Map.of());
    assertThat(refusal(path))
        .endsWith("tensor 'blocks.0.attn.qkv.weight' has the shape [24, 4] instead of [24, 8]");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aWeightThatIsNoNumberIsNamed(float value) {
    Map<String, Array> model = new LinkedHashMap<>(Fixtures.model());
    model.put("norm.bias", Array.of(Shape.of(8), new float[] {0, 0, 0, value, 0, 0, 0, 0}));
    Path path = folder.resolve("nan.safetensors");
    SafetensorsWriter.write(path, new Safetensors(model, Map.of()));
    assertThat(refusal(path)).endsWith("tensor 'norm.bias' holds " + value + " at element 3");
  }

  @Test
  void aMissingTensorAndOneTooManyAreNamed() {
    Map<String, Array> model = new LinkedHashMap<>(Fixtures.model());
    Array norm = model.remove("decoder_norm.weight");
    Path path = folder.resolve("missing.pth");
    TorchWriter.write(path, model, Map.of());
    assertThat(refusal(path)).endsWith("tensor 'decoder_norm.weight' is missing");
    model.put("decoder_norm.weight", norm);
    model.put("blocks.0.ls1.gamma", norm);
    TorchWriter.write(path, model, Map.of());
    assertThat(refusal(path)).endsWith("has no place for: blocks.0.ls1.gamma");
  }

  @Test
  void aBlockNumberOutOfAllReasonIsRefused() {
    Map<String, Array> model = new LinkedHashMap<>(Fixtures.model());
    model.put("blocks.999999.norm1.weight", Array.of(Shape.of(8), new float[8]));
    Path path = folder.resolve("deep.pth");
    TorchWriter.write(path, model, Map.of());
    assertThat(refusal(path)).contains("tensor 'blocks.1.norm1.weight' is missing");
  }

  @Test
  void aFolderWithoutAModelIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(refusal(empty)).contains("is a folder without a checkpoint");
  }

  @Test
  void aShardOutsideItsFolderIsNotOpened() throws IOException {
    Path shards = Files.createDirectory(folder.resolve("shards"));
    Files.writeString(
        shards.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"../expected.safetensors\"}}");
    assertThat(
            catchThrowableOfType(
                MaeException.class, () -> ModelFiles.read(shards, Fixtures.HINTS, false)))
        .hasMessageContaining("'../expected.safetensors', which is no file of its folder");
  }

  @Test
  void otherZipFilesAndProgramsAreRefused() throws IOException {
    Path other = folder.resolve("photos.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      stored(zip, "a.txt", new byte[3]);
    }
    assertThat(refusal(other)).contains("not one of torch.save: it has no data.pkl");
  }

  @Test
  void everyChangedByteOfADescriptionIsReadOrRefusedNeverADefect() throws IOException {
    byte[] bytes = Fixtures.bytes("legacy.pth");
    for (int i = 15; i < 4000; i += 11) {
      byte[] changed = bytes.clone();
      changed[i] ^= 0x15;
      Path path = file("changed.pth", changed);
      try {
        ModelFiles.read(path, Fixtures.HINTS, true);
      } catch (MaeException e) {
        assertThat(e.getMessage()).contains("changed.pth");
      }
    }
  }

  private Path safetensors(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(
        "x.safetensors",
        ByteBuffer.allocate(8 + json.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
  }
}
