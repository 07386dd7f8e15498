package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.backend.Precision;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** ND4J on one device. */
final class Nd4jBackend implements Backend {
  private final Device device;
  private final int threads;
  private final Set<Nd4jExecutable> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  Nd4jBackend(Device device, int threads) {
    this.device = device;
    this.threads = threads;
  }

  @Override
  public String name() {
    return Nd4jBackendProvider.NAME;
  }

  @Override
  public String version() {
    return "ND4J " + Nd4jRuntime.version();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parallelParts() {
    return threads;
  }

  @Override
  public OptionalLong plannedBytes(Program program) {
    return OptionalLong.of(Nd4jExecutable.bytes(program));
  }

  @Override
  public Executable compile(Program program, CompileOptions options) {
    if (closed) {
      throw MaeException.internal(
          "the engine '"
              + name()
              + "' was closed and cannot compile program '"
              + program.name()
              + "'");
    }
    if (options.precision() != Precision.FP32) {
      throw MaeException.user(
          "the engine '" + name() + "' does not compute in " + options.precision());
    }
    Nd4jExecutable executable =
        NativeFailure.guard(
            "compiling program '" + program.name() + "'",
            () -> new Nd4jExecutable(program, threads, open::remove));
    open.add(executable);
    return executable;
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(open).forEach(Nd4jExecutable::close);
  }
}
