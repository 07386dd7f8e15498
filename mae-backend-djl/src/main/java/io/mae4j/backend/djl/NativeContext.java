package io.mae4j.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Where and with how many threads to compute.
 *
 * @param engine the started engine
 * @param device the device of all arrays
 * @param threads threads of one operator on the CPU
 */
record NativeContext(Engine engine, Device device, int threads) {

  /** A fresh owner of native arrays on the device. */
  NDManager newManager() {
    return engine.newBaseManager(device);
  }

  /**
   * Sets the number of threads for operators that the calling thread runs. PyTorch keeps it for
   * each thread and shares it between all users of the process, so that it is set before each run.
   *
   * @param parallel how many operators run at the same time, on threads of their own
   */
  void applyThreads(int parallel) {
    if (!device.isGpu()) {
      JniUtils.setNumThreads(Math.max(1, threads / parallel));
    }
  }
}
