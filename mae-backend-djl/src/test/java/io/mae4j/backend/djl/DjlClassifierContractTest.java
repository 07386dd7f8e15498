package io.mae4j.backend.djl;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.model.ClassifierContract;

class DjlClassifierContractTest extends ClassifierContract {
  @Override
  protected BackendProvider provider() {
    return new DjlBackendProvider();
  }
}
