import org.jspecify.annotations.NullMarked;

/** Runs programs on PyTorch through DJL. */
@NullMarked
module io.mae4j.backend.djl {
  requires ai.djl.api;
  requires ai.djl.pytorch_engine;
  requires com.google.gson;
  requires com.sun.jna;
  requires io.mae4j.api;
  requires static org.jspecify;
  requires org.slf4j;

  provides io.mae4j.api.backend.BackendProvider with
      io.mae4j.backend.djl.DjlBackendProvider;
}
