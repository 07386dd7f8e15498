import org.jspecify.annotations.NullMarked;

/** Runs programs on ND4J over pooled buffers. */
@NullMarked
module io.mae4j.backend.nd4j {
  requires io.mae4j.api;
  requires jdk.unsupported;
  requires static org.jspecify;
  requires org.slf4j;

  provides io.mae4j.api.backend.BackendProvider with
      io.mae4j.backend.nd4j.Nd4jBackendProvider;
}
