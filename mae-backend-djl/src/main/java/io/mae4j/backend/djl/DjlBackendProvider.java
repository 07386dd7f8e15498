package io.mae4j.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.error.MaeException;
import java.util.ArrayList;
import java.util.List;

/** Finds PyTorch, through DJL, under the name {@value #NAME}. */
public final class DjlBackendProvider implements BackendProvider {
  /** The engine's name in configurations. */
  public static final String NAME = "djl";

  private static final String CPU = "cpu";
  private static final String GPU = "gpu:";

  /** For {@link java.util.ServiceLoader}. */
  public DjlBackendProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "PyTorch through DJL: programs as TorchScript, one native call a step";
  }

  @Override
  public List<io.mae4j.api.backend.Device> devices() {
    Engine engine = PyTorch.engine();
    List<io.mae4j.api.backend.Device> devices = new ArrayList<>();
    devices.add(cpu());
    for (int i = 0; i < engine.getGpuCount(); i++) {
      devices.add(gpu(i));
    }
    return List.copyOf(devices);
  }

  private static io.mae4j.api.backend.Device cpu() {
    return new io.mae4j.api.backend.Device(
        CPU,
        System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
  }

  private static io.mae4j.api.backend.Device gpu(int index) {
    return new io.mae4j.api.backend.Device(GPU + index, "CUDA device " + index);
  }

  @Override
  public Backend open(BackendOptions options) {
    List<io.mae4j.api.backend.Device> known = devices();
    io.mae4j.api.backend.Device device =
        known.stream()
            .filter(candidate -> candidate.name().equals(options.device()))
            .findFirst()
            .orElseThrow(() -> noDevice(options.device(), known));
    if (options.sparing()) {
      Malloc.giveBackAtOnce();
    }
    NativeContext context =
        new NativeContext(PyTorch.engine(), nativeDevice(device.name()), options.threads());
    return new DjlBackend(device, context, TargetProbe.probe(context));
  }

  private static Device nativeDevice(String name) {
    return CPU.equals(name)
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(name.substring(GPU.length())));
  }

  private static MaeException noDevice(String wanted, List<io.mae4j.api.backend.Device> known) {
    return MaeException.resource(
        "the engine '"
            + NAME
            + "' has no device '"
            + wanted
            + "' here. It has: "
            + known.stream().map(io.mae4j.api.backend.Device::name).toList());
  }
}
