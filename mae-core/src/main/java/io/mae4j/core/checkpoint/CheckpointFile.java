package io.mae4j.core.checkpoint;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A checkpoint as one safetensors file: the model's tensors under their official names, so that any
 * reader of the format finds them; the optimizer's under {@code optimizer.}; config, progress and
 * provenance as JSON in the metadata. It holds no time of day: equal checkpoints are equal bytes.
 */
public final class CheckpointFile {
  private static final String OPTIMIZER = "optimizer.";
  private static final String FORMAT = "format";
  private static final String MAE4J = "mae4j checkpoint 1";
  private static final String CONFIG = "config";
  private static final String PROGRESS = "progress";
  private static final String PROVENANCE = "provenance";
  private static final String EPOCH = "epoch";
  private static final String IMAGES = "images";
  private static final String STEP = "step";
  private static final String BATCH = "batch";
  private static final String BATCH_SIZE = "batch-size";

  private CheckpointFile() {}

  /**
   * Writes a checkpoint atomically. What is no number is never written, so that there is always
   * something to go on from.
   *
   * @throws MaeException of kind DATA if a value is no number, of kind RESOURCE if it cannot be
   *     written; then a file that was there before is left as it was
   */
  public static void write(Path path, Checkpoint checkpoint) {
    FiniteValues.require(path, checkpoint.model());
    FiniteValues.require(path, checkpoint.optimizer());
    Map<String, Array> tensors = new LinkedHashMap<>(checkpoint.model());
    checkpoint.optimizer().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, MAE4J);
    metadata.put(CONFIG, JsonMapper.shared().writeValueAsString(checkpoint.config()));
    metadata.put(PROGRESS, JsonMapper.shared().writeValueAsString(checkpoint.progress()));
    metadata.put(PROVENANCE, JsonMapper.shared().writeValueAsString(checkpoint.provenance()));
    SafetensorsWriter.write(path, new Safetensors(tensors, metadata));
  }

  /** Whether a file is a checkpoint of mae4j, judged by its header. */
  public static boolean recognises(Path path) {
    try {
      return MAE4J.equals(SafetensorsReader.metadata(path).get(FORMAT));
    } catch (MaeException e) {
      return false; // whoever reads it says what is wrong
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @throws MaeException of kind DATA if the file is missing, damaged or not a checkpoint of mae4j
   */
  public static Checkpoint read(Path path) {
    Safetensors file = SafetensorsReader.read(path);
    if (!MAE4J.equals(file.metadata().get(FORMAT))) {
      throw MaeException.data(
          path
              + " is a safetensors file, but not a checkpoint of mae4j: its metadata says no '"
              + MAE4J
              + "'");
    }
    Map<String, Array> model = new LinkedHashMap<>();
    Map<String, Array> optimizer = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, array) -> {
              if (name.startsWith(OPTIMIZER)) {
                optimizer.put(name.substring(OPTIMIZER.length()), array);
              } else {
                model.put(name, array);
              }
            });
    Map<String, Object> config =
        parse(path, file, CONFIG, new TypeReference<Map<String, Object>>() {});
    return new Checkpoint(
        model,
        optimizer,
        config,
        progress(path, parse(path, file, PROGRESS, new TypeReference<JsonNode>() {}), config),
        parse(path, file, PROVENANCE, new TypeReference<Map<String, String>>() {}));
  }

  /** How far a run is; files of earlier versions count the batches of the running epoch. */
  private static Progress progress(Path path, JsonNode stored, Map<String, Object> config) {
    try {
      int images =
          stored.has(BATCH)
              ? Math.multiplyExact(
                  stored.get(BATCH).asInt(),
                  Integer.parseInt(String.valueOf(config.get(BATCH_SIZE))))
              : stored.get(IMAGES).asInt();
      return new Progress(stored.get(EPOCH).asInt(), images, stored.get(STEP).asLong());
    } catch (RuntimeException e) {
      throw new MaeException(
          ErrorKind.DATA, path + ": its metadata '" + PROGRESS + "' cannot be read: " + stored, e);
    }
  }

  private static <T> T parse(Path path, Safetensors file, String key, TypeReference<T> type) {
    String json = file.metadata().get(key);
    if (json == null) {
      throw MaeException.data(path + ": its metadata lacks '" + key + "'");
    }
    try {
      return JsonMapper.shared().readValue(json, type);
    } catch (JacksonException e) {
      throw new MaeException(
          ErrorKind.DATA,
          path + ": its metadata '" + key + "' cannot be read: " + e.getOriginalMessage(),
          e);
    }
  }
}
