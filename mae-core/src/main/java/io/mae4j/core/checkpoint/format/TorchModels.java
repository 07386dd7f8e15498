package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.pickle.PickleRecord;
import io.mae4j.core.checkpoint.torch.TorchFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the model in a file of {@code torch.save}. */
final class TorchModels {
  private static final String OWN_FACTS = "mae4j";
  private static final int MOST_KEYS_SHOWN = 8;

  private TorchModels() {}

  static RawModel read(Path path, boolean zip, boolean wantsOptimizer) {
    try (TorchFile file = TorchFile.open(path, zip)) {
      if (!(file.root() instanceof Map<?, ?> root)) {
        throw MaeException.data(path + " holds no dictionary, so no model");
      }
      Map<?, ?> model = model(path, root);
      model.forEach(
          (name, value) -> {
            if (!TorchFile.isTensor(value)) {
              throw MaeException.data(path + ": '" + name + "' of its model is not a tensor");
            }
          });
      return new RawModel(
          path,
          zip ? ".pth (zip)" : ".pth (legacy)",
          file.tensors(model),
          facts(root),
          wantsOptimizer ? optimizer(file, root) : Optional.empty());
    }
  }

  private static Map<?, ?> model(Path path, Map<?, ?> root) {
    for (String key : List.of("model", "state_dict")) {
      if (root.get(key) instanceof Map<?, ?> model) {
        return model;
      }
    }
    if (!root.isEmpty() && root.values().stream().allMatch(TorchFile::isTensor)) {
      return root;
    }
    throw MaeException.data(
        path
            + " holds no model: neither a dictionary 'model' nor tensors alone, but "
            + root.keySet().stream().limit(MOST_KEYS_SHOWN).toList());
  }

  private static Map<String, Object> facts(Map<?, ?> root) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (root.get("args") instanceof PickleRecord arguments) {
      facts.putAll(arguments.attributes());
    }
    if (root.get(OWN_FACTS) instanceof Map<?, ?> own) {
      own.forEach((name, value) -> facts.put(String.valueOf(name), value));
    }
    return facts;
  }

  private static Optional<RawOptimizer> optimizer(TorchFile file, Map<?, ?> root) {
    if (!(root.get("optimizer") instanceof Map<?, ?> optimizer)
        || !(optimizer.get("state") instanceof Map<?, ?> state)
        || state.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Map<String, Array>> moments = new LinkedHashMap<>();
    long step = 0;
    for (Map.Entry<?, ?> entry : state.entrySet()) {
      if (!(entry.getKey() instanceof Long place) || !(entry.getValue() instanceof Map<?, ?> one)) {
        return Optional.empty();
      }
      Map<String, Array> tensors = file.tensors(one);
      moments.put(Math.toIntExact(place), tensors);
      step = Math.max(step, step(one, tensors));
    }
    int epochs = root.get("epoch") instanceof Long last ? Math.toIntExact(last) + 1 : 0;
    return Optional.of(new RawOptimizer(moments, step, epochs));
  }

  private static long step(Map<?, ?> state, Map<String, Array> tensors) {
    Array counted = tensors.get("step");
    if (counted != null && counted.shape().size() == 1) {
      return (long) counted.item();
    }
    return state.get("step") instanceof Long step ? step : 0;
  }
}
