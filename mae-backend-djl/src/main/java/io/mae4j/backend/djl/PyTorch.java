package io.mae4j.backend.djl;

import ai.djl.engine.Engine;
import io.mae4j.api.backend.NativeLibrary;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Set;

/** Starts PyTorch inside this process. */
final class PyTorch {
  /**
   * What calls libtorch. oneDNN says of a kernel that found no room to work in only that it could
   * not be executed; one that is wrong could not even be made.
   */
  static final NativeLibrary LIBRARY =
      new NativeLibrary(
          "PyTorch",
          Set.of(
              "DefaultCPUAllocator",
              "could not execute a primitive",
              "CUDA out of memory",
              "CUDA error: out of memory",
              "CUBLAS_STATUS_ALLOC_FAILED"));

  private static final String ENGINE = "PyTorch";

  private PyTorch() {}

  /**
   * The engine, started by the first call. Nothing is downloaded or reported anywhere: DJL is told
   * to stay offline unless the user decided otherwise. The optimizer of TorchScript is off, since
   * it rewrites operators that the compiler has chosen and doubles the memory.
   *
   * @throws MaeException of kind RESOURCE if the native library cannot be loaded
   */
  static Engine engine() {
    setUnlessPresent("ai.djl.offline", "true");
    setUnlessPresent("OPT_OUT_TRACKING", "true");
    setUnlessPresent("ai.djl.pytorch.num_interop_threads", String.valueOf(forkedThreads()));
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    // DJL looks for its engines with the thread's loader, which may know none in another's program.
    thread.setContextClassLoader(PyTorch.class.getClassLoader());
    try {
      return Engine.getEngine(ENGINE);
    } catch (RuntimeException | LinkageError e) {
      throw new MaeException(
          ErrorKind.RESOURCE,
          "PyTorch's native library did not start: "
              + MaeException.rootOf(e).getMessage()
              + ". Is pytorch-native-cpu for this operating system and processor on the class path, and can DJL_CACHE_DIR (or ~/.djl.ai) be"
              + " written to?",
          e);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** A thread for each processor but the one of the call that forks. */
  private static int forkedThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private static void setUnlessPresent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
