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

  // Guarded by the library's turn.
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
    if (options.precision() != Precision.FP32) {
      throw MaeException.user(
          "the engine '" + name() + "' does not compute in " + options.precision());
    }
    return Nd4jRuntime.LIBRARY.call(
        "compiling program '" + program.name() + "'", () -> compile(program));
  }

  private Nd4jExecutable compile(Program program) {
    if (closed) {
      throw MaeException.internal(
          "the engine '"
              + name()
              + "' was closed and cannot compile program '"
              + program.name()
              + "'");
    }
    Nd4jExecutable executable = new Nd4jExecutable(program, threads, open::remove);
    open.add(executable);
    return executable;
  }

  @Override
  public void close() {
    Nd4jRuntime.LIBRARY.run(
        "closing the engine",
        () -> {
          closed = true;
          List.copyOf(open).forEach(Nd4jExecutable::close);
        });
  }
}
