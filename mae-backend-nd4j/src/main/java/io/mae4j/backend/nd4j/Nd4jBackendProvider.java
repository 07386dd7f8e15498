package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.api.error.MaeException;
import java.util.List;

/** Finds ND4J under the name {@value #NAME}. */
public final class Nd4jBackendProvider implements BackendProvider {
  /** The engine's name in configurations. */
  public static final String NAME = "nd4j";

  private static final String CPU = "cpu";

  /**
   * For {@link java.util.ServiceLoader}. ND4J cannot be a module and lies on the class path, which
   * a named module does not read unless it says so.
   */
  public Nd4jBackendProvider() {
    Module own = Nd4jBackendProvider.class.getModule();
    if (own.isNamed()) {
      own.addReads(ClassLoader.getSystemClassLoader().getUnnamedModule());
      own.addReads(Nd4jBackendProvider.class.getClassLoader().getUnnamedModule());
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "ND4J: programs as lists of kernels over planned memory";
  }

  @Override
  public List<Device> devices() {
    Nd4jRuntime.start();
    return List.of(
        new Device(
            CPU,
            System.getProperty("os.arch")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors"));
  }

  @Override
  public Backend open(BackendOptions options) {
    List<Device> known = devices();
    Device device =
        known.stream()
            .filter(candidate -> candidate.name().equals(options.device()))
            .findFirst()
            .orElseThrow(
                () ->
                    MaeException.resource(
                        "the engine '"
                            + NAME
                            + "' has no device '"
                            + options.device()
                            + "' here. It has: "
                            + known.stream().map(Device::name).toList()));
    return new Nd4jBackend(device, options.threads());
  }
}
