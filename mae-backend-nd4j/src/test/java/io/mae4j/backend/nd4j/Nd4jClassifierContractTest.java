package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.model.ClassifierContract;

class Nd4jClassifierContractTest extends ClassifierContract {
  @Override
  protected BackendProvider provider() {
    return new Nd4jBackendProvider();
  }
}
