package io.mae4j.testkit.reference;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import java.util.ArrayList;
import java.util.List;

/** Keeps track of its executables, to close them. */
final class ReferenceBackend implements Backend {
  private final String name;
  private final Device device;
  private final List<ReferenceExecutable> executables = new ArrayList<>();
  private boolean closed;

  ReferenceBackend(String name, Device device) {
    this.name = name;
    this.device = device;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public synchronized Executable compile(Program program, CompileOptions options) {
    if (closed) {
      throw MaeException.internal("the reference backend is closed and compiles nothing any more");
    }
    ReferenceExecutable executable = new ReferenceExecutable(program);
    executables.add(executable);
    return executable;
  }

  @Override
  public synchronized void close() {
    closed = true;
    executables.forEach(ReferenceExecutable::close);
    executables.clear();
  }
}
