package io.mae4j.testkit;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.Device;
import io.mae4j.core.graph.RecomputingBackend;
import java.util.List;

/** An engine that is opened behind {@link RecomputingBackend}. */
record RecomputingProvider(BackendProvider engine) implements BackendProvider {

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public List<Device> devices() {
    return engine.devices();
  }

  @Override
  public Backend open(BackendOptions options) {
    return new RecomputingBackend(engine.open(options));
  }
}
