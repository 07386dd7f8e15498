package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.BackendContract;

class Nd4jBackendContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new Nd4jBackendProvider();
  }
}
