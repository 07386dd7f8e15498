package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads whatever holds tensors: torch files, safetensors files, and folders with either. */
final class RawModels {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String TORCH_WEIGHTS = "pytorch_model.bin";
  private static final long LARGEST_JSON = 16L << 20;
  private static final int PICKLE = 0x80;

  private RawModels() {}

  static RawModel read(Path path, boolean wantsOptimizer) {
    if (!Files.exists(path)) {
      throw MaeException.data(path + " does not exist");
    }
    if (!Files.isDirectory(path)) {
      Path config = path.resolveSibling(CONFIG);
      boolean inFolder = path.endsWith(WEIGHTS) && Files.exists(config);
      return file(path, inFolder ? json(config) : Map.of(), wantsOptimizer);
    }
    Path config = path.resolve(CONFIG);
    Map<String, Object> facts = Files.exists(config) ? json(config) : Map.of();
    if (Files.exists(path.resolve(WEIGHTS))) {
      return file(path.resolve(WEIGHTS), facts, false);
    }
    if (Files.exists(path.resolve(INDEX))) {
      return shards(path, facts);
    }
    if (Files.exists(path.resolve(TORCH_WEIGHTS))) {
      return file(path.resolve(TORCH_WEIGHTS), facts, false);
    }
    throw MaeException.data(
        path
            + " is a folder without a checkpoint: neither a run's checkpoint.safetensors, nor "
            + WEIGHTS
            + " or "
            + TORCH_WEIGHTS);
  }

  private static RawModel file(Path path, Map<String, Object> facts, boolean wantsOptimizer) {
    byte[] start = start(path);
    boolean zip = start.length == 2 && start[0] == 'P' && start[1] == 'K';
    if (!zip && !(start.length == 2 && (start[0] & 0xff) == PICKLE)) {
      if (!path.toString().endsWith(".safetensors") && !SafetensorsReader.recognises(path)) {
        throw MaeException.data(
            path + " is no checkpoint: neither a file of torch.save nor a safetensors file");
      }
      Safetensors file = SafetensorsReader.read(path);
      return new RawModel(path, "safetensors", file.tensors(), facts, Optional.empty());
    }
    RawModel torch = TorchModels.read(path, zip, wantsOptimizer);
    Map<String, Object> all = new LinkedHashMap<>(torch.facts());
    all.putAll(facts);
    return new RawModel(path, torch.container(), torch.tensors(), all, torch.optimizer());
  }

  private static byte[] start(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(2);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static RawModel shards(Path folder, Map<String, Object> facts) {
    Path index = folder.resolve(INDEX);
    if (!(json(index).get("weight_map") instanceof Map<?, ?> places)) {
      throw MaeException.data(index + " has no weight_map");
    }
    Map<String, Array> tensors = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>();
    places.values().forEach(name -> names.add(String.valueOf(name)));
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9._-]+\\.safetensors")) {
        throw MaeException.data(index + " names '" + name + "', which is no file of its folder");
      }
      tensors.putAll(SafetensorsReader.read(folder.resolve(name)).tensors());
    }
    for (Object tensor : places.keySet()) {
      if (!tensors.containsKey(String.valueOf(tensor))) {
        throw MaeException.data(
            index + ": tensor '" + tensor + "' is in none of " + List.copyOf(names));
      }
    }
    return new RawModel(index, "safetensors", tensors, facts, Optional.empty());
  }

  private static Map<String, Object> json(Path path) {
    try {
      if (Files.size(path) > LARGEST_JSON) {
        throw MaeException.data(path + " has more than 16 MiB, too much for a description");
      }
      return JsonMapper.shared()
          .readValue(Files.readAllBytes(path), new TypeReference<Map<String, Object>>() {});
    } catch (NoSuchFileException e) {
      throw new MaeException(ErrorKind.DATA, path + " does not exist", e);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, path + " cannot be read: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new MaeException(
          ErrorKind.DATA, path + " is damaged: it does not hold a JSON object", e);
    }
  }
}
