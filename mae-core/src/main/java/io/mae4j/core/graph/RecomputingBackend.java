package io.mae4j.core.graph;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Program;
import java.util.OptionalLong;

/**
 * An engine that keeps the inputs of transformer blocks only and computes the rest again, see
 * {@link Recomputation}.
 *
 * @param engine what compiles and runs the rewritten programs; closed with this
 */
public record RecomputingBackend(Backend engine) implements Backend {

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String version() {
    return engine.version();
  }

  @Override
  public Device device() {
    return engine.device();
  }

  @Override
  public int parallelParts() {
    return engine.parallelParts();
  }

  @Override
  public boolean acceleratesBfloat16() {
    return engine.acceleratesBfloat16();
  }

  /** What the engine plans for the rewritten program, otherwise what its graphs tell. */
  @Override
  public OptionalLong plannedBytes(Program program) {
    Program rewritten = Recomputation.of(program);
    OptionalLong planned = engine.plannedBytes(rewritten);
    return planned.isPresent() ? planned : OptionalLong.of(PeakMemory.bytes(rewritten));
  }

  @Override
  public Executable compile(Program program, CompileOptions options) {
    return new RecomputingExecutable(program, engine.compile(Recomputation.of(program), options));
  }

  @Override
  public void close() {
    engine.close();
  }
}
