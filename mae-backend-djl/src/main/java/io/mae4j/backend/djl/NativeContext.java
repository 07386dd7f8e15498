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
   * each thread and shares it between all users of the process, so that it is set before each call.
   *
   * <p>Parts that run at the same time have one thread each. The threads of the process that
   * PyTorch runs forked parts on take over what was set when the first one was forked, and keep it
   * for good, so that every call that forks must want the same.
   *
   * @param parallel how many operators run at the same time, on threads of their own
   */
  void applyThreads(int parallel) {
    if (!device.isGpu()) {
      JniUtils.setNumThreads(parallel == 1 ? threads : 1);
    }
  }
}
