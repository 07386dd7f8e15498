package io.mae4j.backend.djl;

import ai.djl.engine.Engine;
import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import io.mae4j.backend.djl.script.Script;
import io.mae4j.backend.djl.script.Target;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** PyTorch on one device. */
final class DjlBackend implements Backend {
  private final Device device;
  private final NativeContext context;
  private final Target target;

  // Guarded by the library's turn.
  private final Set<DjlExecutable> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  DjlBackend(Device device, NativeContext context, Target target) {
    this.device = device;
    this.context = context;
    this.target = target;
  }

  @Override
  public String name() {
    return DjlBackendProvider.NAME;
  }

  @Override
  public String version() {
    return "PyTorch " + context.engine().getVersion() + ", DJL " + Engine.getDjlVersion();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parallelParts() {
    return context.device().isGpu() ? 1 : context.threads();
  }

  @Override
  public boolean acceleratesBfloat16() {
    return target.bfloat16Products();
  }

  @Override
  public Executable compile(Program program, CompileOptions options) {
    Script script = Script.of(program, target, options.precision());
    return PyTorch.LIBRARY.call(
        "compiling program '" + program.name() + "'", () -> compile(program, script));
  }

  private DjlExecutable compile(Program program, Script script) {
    if (closed) {
      throw MaeException.internal(
          "the engine '"
              + name()
              + "' was closed and cannot compile program '"
              + program.name()
              + "'");
    }
    DjlExecutable executable = new DjlExecutable(context, program, script, open::remove);
    open.add(executable);
    return executable;
  }

  @Override
  public void close() {
    PyTorch.LIBRARY.run(
        "closing the engine",
        () -> {
          closed = true;
          List.copyOf(open).forEach(DjlExecutable::close);
        });
  }
}
