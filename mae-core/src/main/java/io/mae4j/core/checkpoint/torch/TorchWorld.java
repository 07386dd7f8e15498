package io.mae4j.core.checkpoint.torch;

import io.mae4j.core.checkpoint.pickle.PickleNone;
import io.mae4j.core.checkpoint.pickle.PickleRecord;
import io.mae4j.core.checkpoint.pickle.PickleWorld;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint's pickle may ask for: tensors, parameters, ordered dictionaries, and records of
 * options. Everything else is refused. It keeps the storages that were named, in their order.
 */
final class TorchWorld implements PickleWorld {
  private final Map<String, TorchTensor.Storage> storages = new LinkedHashMap<>();

  /** The storages that were named so far, by key. */
  Map<String, TorchTensor.Storage> storages() {
    return storages;
  }

  @Override
  public Optional<?> find(String module, String name) {
    return switch (module + "." + name) {
      case "collections.OrderedDict" -> constructor(TorchWorld::dictionary);
      case "argparse.Namespace" -> constructor(arguments -> new PickleRecord());
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
          constructor(TorchWorld::tensor);
      case "torch._utils._rebuild_parameter" -> constructor(arguments -> arguments.get(0));
      case "torch.Size", "torch.device", "pathlib.PosixPath", "pathlib.WindowsPath" ->
          constructor(List::copyOf);
      default -> module.equals("torch") ? TorchType.ofStorage(name) : Optional.empty();
    };
  }

  private static Optional<Constructor> constructor(Constructor constructor) {
    return Optional.of(constructor);
  }

  private static Object dictionary(List<?> arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : (List<?>) arguments.get(0)) {
        map.put(((List<?>) pair).get(0), ((List<?>) pair).get(1));
      }
    }
    return map;
  }

  private static Object tensor(List<?> arguments) {
    return new TorchTensor(
        (TorchTensor.Storage) arguments.get(0),
        (Long) arguments.get(1),
        numbers(arguments.get(2)),
        numbers(arguments.get(3)));
  }

  private static List<Long> numbers(Object list) {
    return ((List<?>) list).stream().map(Long.class::cast).toList();
  }

  /** {@code ('storage', type, key, device, elements)}, in the old form with a view behind it. */
  @Override
  public Object persistent(Object id) {
    List<?> items = (List<?>) id;
    if (!items.get(0).equals("storage")) {
      throw new IllegalArgumentException("the persistent object " + items.get(0));
    }
    if (items.size() > 5 && items.get(5) != PickleNone.NONE) {
      throw new IllegalArgumentException("a view of a storage, as torch wrote them before 0.4");
    }
    TorchTensor.Storage storage =
        new TorchTensor.Storage(
            (TorchType) items.get(1), (String) items.get(2), (Long) items.get(4));
    if (storage.elements() < 0) {
      throw new IllegalArgumentException("a storage of " + storage.elements() + " elements");
    }
    TorchTensor.Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw new IllegalArgumentException("storage " + storage.key() + " in two forms");
    }
    return storage;
  }
}
