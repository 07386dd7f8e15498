package io.mae4j.cli.run;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.core.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What there is: engines with their devices, and everything else that can be named; or what is in a
 * checkpoint.
 */
public final class Information {
  private final Registry<BackendProvider> engines;
  private final Registry<EncoderProvider> encoders;
  private final Registry<DecoderProvider> decoders;
  private final Registry<MaskingStrategyProvider> maskings;
  private final Registry<DatasetProvider> datasets;
  private final Registry<EvaluatorProvider> evaluators;
  private final List<Path> plugins;

  /** Tells of these. */
  public Information(
      Registry<BackendProvider> engines,
      Registry<EncoderProvider> encoders,
      Registry<DecoderProvider> decoders,
      Registry<MaskingStrategyProvider> maskings,
      Registry<DatasetProvider> datasets,
      Registry<EvaluatorProvider> evaluators,
      List<Path> plugins) {
    this.engines = engines;
    this.encoders = encoders;
    this.decoders = decoders;
    this.maskings = maskings;
    this.datasets = datasets;
    this.evaluators = evaluators;
    this.plugins = List.copyOf(plugins);
  }

  /** Everything that was found, as a tree. An engine that cannot start tells why. */
  public Map<String, Object> installation() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mae4j", Version.current());
    tree.put("java", Runtime.version().toString());
    tree.put("processors", Runtime.getRuntime().availableProcessors());
    tree.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
    tree.put("engines", engines.all().stream().map(Information::engine).toList());
    tree.put(
        "masking",
        named(maskings, MaskingStrategyProvider::name, MaskingStrategyProvider::description));
    tree.put("data", named(datasets, DatasetProvider::name, DatasetProvider::description));
    tree.put(
        "evaluators", named(evaluators, EvaluatorProvider::name, EvaluatorProvider::description));
    tree.put("encoders", named(encoders, EncoderProvider::name, EncoderProvider::description));
    tree.put("decoders", named(decoders, DecoderProvider::name, DecoderProvider::description));
    tree.put("plugins", plugins.stream().map(Path::toString).toList());
    return tree;
  }

  private static Map<String, Object> engine(BackendProvider provider) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", provider.name());
    tree.put("description", provider.description());
    try {
      List<Map<String, Object>> devices = new ArrayList<>();
      for (Device device : provider.devices()) {
        devices.add(Map.of("name", device.name(), "description", device.description()));
      }
      tree.put("devices", devices);
    } catch (MaeException e) {
      tree.put("devices", List.of());
      tree.put("problem", String.valueOf(e.getMessage()));
    }
    return tree;
  }

  private static <P> List<Map<String, Object>> named(
      Registry<P> registry, Function<P, String> name, Function<P, String> description) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (P provider : registry.all()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", name.apply(provider));
      entry.put("description", description.apply(provider));
      list.add(entry);
    }
    return list;
  }

  /** What is in a checkpoint, as a tree. */
  public Map<String, Object> checkpoint(Checkpoint checkpoint) {
    Map<String, Object> tree = new LinkedHashMap<>();
    long all = parameters(checkpoint, "");
    boolean encoderMaskTokens =
        "true".equals(String.valueOf(checkpoint.config().get(Encoder.MASK_TOKENS)));
    long decoder =
        parameters(checkpoint, "decoder_")
            + (encoderMaskTokens ? 0 : parameters(checkpoint, Decoder.MASK_TOKEN));
    tree.put("parameters", all);
    tree.put("encoder_parameters", all - decoder);
    tree.put("decoder_parameters", decoder);
    tree.put("optimizer_state", !checkpoint.optimizer().isEmpty());
    tree.put("epochs_done", checkpoint.progress().epoch());
    tree.put("steps_done", checkpoint.progress().step());
    tree.put("provenance", checkpoint.provenance());
    tree.put("config", checkpoint.config());
    Map<String, Object> tensors = new LinkedHashMap<>();
    checkpoint.model().forEach((name, array) -> tensors.put(name, array.shape().toString()));
    tree.put("tensors", tensors);
    return tree;
  }

  private static long parameters(Checkpoint checkpoint, String prefix) {
    long sum = 0;
    for (Map.Entry<String, Array> entry : checkpoint.model().entrySet()) {
      sum += entry.getKey().startsWith(prefix) ? entry.getValue().shape().size() : 0;
    }
    return sum;
  }
}
