package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Names the moments of the official optimizer. It numbers parameters by group: first those without
 * weight decay (of one axis, or a bias), then the others, each in the model's order.
 */
final class OptimizerNames {
  private static final List<String> MOMENTS = List.of("exp_avg", "exp_avg_sq");

  private OptimizerNames() {}

  /** The moments by {@code MOMENT.NAME}; empty if they are not AdamW's of these parameters. */
  static Map<String, Array> named(RawOptimizer raw, List<ParameterSpec> parameters) {
    List<ParameterSpec> trainable = parameters.stream().filter(ParameterSpec::trainable).toList();
    List<ParameterSpec> numbered =
        Stream.concat(
                trainable.stream().filter(OptimizerNames::isUndecayed),
                trainable.stream().filter(spec -> !isUndecayed(spec)))
            .toList();
    Map<String, Array> named = new LinkedHashMap<>();
    for (String moment : MOMENTS) {
      for (ParameterSpec spec : trainable) {
        Array array = raw.moments().getOrDefault(numbered.indexOf(spec), Map.of()).get(moment);
        if (array == null || !array.shape().equals(spec.shape())) {
          return Map.of();
        }
        named.put(moment + "." + spec.name(), array);
      }
    }
    return raw.moments().size() == trainable.size() ? named : Map.of();
  }

  private static boolean isUndecayed(ParameterSpec spec) {
    return spec.shape().rank() == 1 || spec.name().endsWith(".bias");
  }
}
