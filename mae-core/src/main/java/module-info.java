import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.core.masking.BlockMaskingProvider;
import io.mae4j.core.masking.GridMaskingProvider;
import io.mae4j.core.masking.RandomMaskingProvider;
import io.mae4j.core.model.MaeDecoderProvider;
import io.mae4j.core.model.VitEncoderProvider;
import org.jspecify.annotations.NullMarked;

/** Neutral behaviour on the contracts of {@code io.mae4j.api}; knows no engine. */
@NullMarked
module io.mae4j.core {
  requires transitive io.mae4j.api;
  requires static org.jspecify;
  requires tools.jackson.databind;

  exports io.mae4j.core.checkpoint;
  exports io.mae4j.core.checkpoint.format;
  exports io.mae4j.core.file;
  exports io.mae4j.core.graph;
  exports io.mae4j.core.infer;
  exports io.mae4j.core.masking;
  exports io.mae4j.core.model;
  exports io.mae4j.core.registry;
  exports io.mae4j.core.schedule;
  exports io.mae4j.core.train;

  provides DecoderProvider with
      MaeDecoderProvider;
  provides EncoderProvider with
      VitEncoderProvider;
  provides MaskingStrategyProvider with
      BlockMaskingProvider,
      GridMaskingProvider,
      RandomMaskingProvider;
}
