package io.mae4j.cli.command;

import io.mae4j.cli.config.ImageSize;
import io.mae4j.core.checkpoint.format.ModelHints;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the files of other libraries do not always say of their models. */
final class HeadsOptions {

  @Option(
      names = "--num-heads",
      paramLabel = "H",
      description =
          "Attention heads of the encoder, where a model of another library does not say them.")
  @Nullable Integer encoder;

  @Option(
      names = "--decoder-num-heads",
      paramLabel = "H",
      description =
          "Attention heads of the decoder, where a model of another library does not say them.")
  @Nullable Integer decoder;

  /** What was given. */
  ModelHints hints() {
    return ModelHints.heads(Optional.ofNullable(encoder), Optional.ofNullable(decoder));
  }

  /**
   * What was given, with the image size of {@code --input-size}.
   *
   * @throws io.mae4j.api.error.MaeException of kind USER if that is no size
   */
  ModelHints hints(@Nullable String inputSize) {
    return hints()
        .orImage(
            ImageSize.option("--input-size", inputSize)
                .map(size -> new ModelHints.Extent(size.height(), size.width())));
  }
}
