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
import io.mae4j.core.checkpoint.format.ModelFiles;
import io.mae4j.core.checkpoint.format.ModelHints;
import io.mae4j.core.checkpoint.format.StoredTensors;
import io.mae4j.core.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /**
   * What is in a file, as a tree: of a model everything about it, of any other file that can be
   * read its tensors, and why no model can be made of it.
   *
   * @param path a run's folder, a checkpoint, or a file or folder of another library
   * @param hints what is known of a model that does not say everything
   * @param notes takes what people should know, a sentence each
   * @throws MaeException of kind DATA if it cannot be read at all, of kind USER if it contradicts
   *     the hints
   */
  public Map<String, Object> file(Path path, ModelHints hints, Consumer<String> notes) {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoints.read(path, hints, true, notes);
    } catch (MaeException e) {
      if (!hints.equals(ModelHints.none())) {
        throw e; // somebody who says what the model is wants to hear that it is not
      }
      return tensors(path, e);
    }
    return checkpoint(checkpoint);
  }

  private static Map<String, Object> tensors(Path path, MaeException noModel) {
    StoredTensors stored;
    try {
      stored = ModelFiles.tensors(Checkpoints.file(path));
    } catch (MaeException e) {
      noModel.addSuppressed(e);
      throw noModel;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", stored.container());
    tree.put("no_model", String.valueOf(noModel.getMessage()));
    tree.put("values", stored.tensors().values().stream().mapToLong(a -> a.shape().size()).sum());
    Map<String, Object> facts = new LinkedHashMap<>();
    stored.facts().forEach((name, value) -> facts.put(name, String.valueOf(value)));
    if (!facts.isEmpty()) {
      tree.put("facts", facts);
    }
    Map<String, Object> tensors = new LinkedHashMap<>();
    stored.tensors().forEach((name, array) -> tensors.put(name, array.toString()));
    tree.put("stored_tensors", tensors);
    return tree;
  }

  private Map<String, Object> checkpoint(Checkpoint checkpoint) {
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
