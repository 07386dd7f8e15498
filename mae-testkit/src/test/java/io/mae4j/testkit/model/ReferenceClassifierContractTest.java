package io.mae4j.testkit.model;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.reference.ReferenceBackendProvider;

class ReferenceClassifierContractTest extends ClassifierContract {
  @Override
  protected BackendProvider provider() {
    return new ReferenceBackendProvider();
  }
}
