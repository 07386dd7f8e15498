package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.torch.TorchWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms in which models go to other libraries. */
public enum ExportFormat {
  /** A file that {@code torch.load} and the official code read: {@code {'model': …}}. */
  OFFICIAL {
    @Override
    void writeChecked(Path source, Path out, Architecture architecture, Map<String, Array> values) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("num_heads", architecture.encoder().heads());
      architecture.decoder().ifPresent(decoder -> facts.put("decoder_num_heads", decoder.heads()));
      facts.put("input_height", architecture.image().height());
      facts.put("input_width", architecture.image().width());
      facts.put("norm_pix_loss", architecture.normPixLoss());
      facts.put("norm_eps", architecture.encoder().normEps());
      TorchWriter.write(out, values, facts);
    }
  },
  /** A folder for {@code transformers.ViTMAEForPreTraining.from_pretrained}. */
  HUGGINGFACE {
    @Override
    void writeChecked(Path source, Path out, Architecture architecture, Map<String, Array> values) {
      HuggingFaceFolder.write(source, out, architecture, values);
    }
  },
  /** A folder for {@code timm.create_model("local-dir:…")}: the encoder alone. */
  TIMM {
    @Override
    void writeChecked(Path source, Path out, Architecture architecture, Map<String, Array> values) {
      TimmFolder.write(source, out, architecture, values);
    }
  };

  /**
   * Writes a model.
   *
   * @param source where the model is from, for messages
   * @param out the file or folder
   * @param values the model's tensors under the official names
   * @throws MaeException of kind DATA if the form cannot express the model, of kind RESOURCE if it
   *     cannot be written
   */
  public void write(Path source, Path out, Architecture architecture, Map<String, Array> values) {
    writeChecked(
        source, out, architecture, TensorCheck.complete(source, values, architecture.parameters()));
  }

  abstract void writeChecked(
      Path source, Path out, Architecture architecture, Map<String, Array> values);
}
