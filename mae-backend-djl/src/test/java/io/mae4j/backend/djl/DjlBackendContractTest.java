package io.mae4j.backend.djl;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.BackendContract;

class DjlBackendContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new DjlBackendProvider();
  }
}
