package io.mae4j.backend.djl;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.backend.djl.script.Target;
import io.mae4j.testkit.BackendContract;
import java.util.List;

/** The contract on the kernels that every libtorch has: what GPUs and builds without oneDNN run. */
class PlainKernelsContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new PlainProvider();
  }

  /** Knows none of the faster kernels. */
  private static final class PlainProvider implements BackendProvider {
    private final BackendProvider full = new DjlBackendProvider();

    @Override
    public String name() {
      return full.name();
    }

    @Override
    public String description() {
      return full.description();
    }

    @Override
    public List<Device> devices() {
      return full.devices();
    }

    @Override
    public Backend open(BackendOptions options) {
      Device cpu = devices().get(0);
      if (!cpu.name().equals(options.device())) {
        return full.open(options); // refuses what is not there
      }
      NativeContext context =
          new NativeContext(PyTorch.engine(), ai.djl.Device.cpu(), options.threads());
      return new DjlBackend(cpu, context, Target.plain("cpu"));
    }
  }
}
