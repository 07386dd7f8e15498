package io.mae4j.eval.compare;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.Encoder;
import io.mae4j.core.infer.FeatureExtractor;
import io.mae4j.core.model.Pool;
import java.util.Map;

/** The tokens of a frozen encoder that sees whole images, pooled into one vector. */
public final class EncoderFeatures implements Representation, AutoCloseable {
  private final String name;
  private final Pool pool;
  private final FeatureExtractor extractor;

  /**
   * Compiles the encoder.
   *
   * @param name what it is, for tables, for example {@code pre-trained encoder}
   * @param values the encoder's parameters by name; others are ignored
   * @param pool how tokens become a vector
   * @param batch the most images of one batch
   */
  public EncoderFeatures(
      String name,
      Backend backend,
      CompileOptions options,
      Encoder encoder,
      Map<String, Array> values,
      Pool pool,
      int batch) {
    this.name = name;
    this.pool = pool;
    this.extractor = new FeatureExtractor(backend, options, encoder, values, pool, batch);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String detail() {
    return pool == Pool.CLS ? "class token" : "mean of patch tokens";
  }

  @Override
  public int width() {
    return extractor.width();
  }

  @Override
  public float[] encode(Batch batch) {
    return extractor.extract(batch.images(), batch.size());
  }

  @Override
  public void close() {
    extractor.close();
  }
}
