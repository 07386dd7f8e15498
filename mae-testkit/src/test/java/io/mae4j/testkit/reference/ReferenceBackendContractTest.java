package io.mae4j.testkit.reference;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.BackendContract;

class ReferenceBackendContractTest extends BackendContract {
  @Override
  protected BackendProvider provider() {
    return new ReferenceBackendProvider();
  }
}
