import org.jspecify.annotations.NullMarked;

/**
 * Contracts and values of mae4j: what a model, an engine or a plugin says to the others. It needs
 * nothing outside {@code java.base}; behaviour lives in {@code io.mae4j.core}.
 *
 * <p>Shapes in this documentation are written in letters: B batch, N patches of an image, Nv
 * visible patches, Nm masked patches, T tokens, D width, C channels, H and W image height and
 * width, P patch side in pixels, K classes.
 */
@NullMarked
module io.mae4j.api {
  requires static org.jspecify;

  exports io.mae4j.api.backend;
  exports io.mae4j.api.checkpoint;
  exports io.mae4j.api.data;
  exports io.mae4j.api.error;
  exports io.mae4j.api.eval;
  exports io.mae4j.api.graph;
  exports io.mae4j.api.graph.op;
  exports io.mae4j.api.masking;
  exports io.mae4j.api.model;
  exports io.mae4j.api.random;
}
