package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.testkit.model.TrainingContract;

class Nd4jTrainingContractTest extends TrainingContract {
  @Override
  protected BackendProvider provider() {
    return new Nd4jBackendProvider();
  }
}
