package io.mae4j.testkit.reference;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * The engine {@code reference}: graphs interpreted in plain Java and double precision, on one
 * thread, whatever precision a program is compiled for. Its results are {@code FLOAT64}.
 */
public final class ReferenceBackendProvider implements BackendProvider {
  private static final Device CPU = new Device("cpu", "plain Java, double precision, one thread");

  /** For {@link java.util.ServiceLoader}. */
  public ReferenceBackendProvider() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "plain Java in double precision: slow and exact, for tests";
  }

  @Override
  public List<Device> devices() {
    return List.of(CPU);
  }

  @Override
  public Backend open(BackendOptions options) {
    if (!options.device().equals(CPU.name())) {
      throw MaeException.resource(
          "the reference backend runs on the device 'cpu' only, not on '" + options.device() + "'");
    }
    return new ReferenceBackend(name(), CPU);
  }
}
