package io.mae4j.testkit;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operator and every gradient operator gives what the reference gives. */
abstract class OperatorContract extends EnginePart {

  @TestFactory
  List<DynamicTest> products() {
    return compare(ProductTrials.all());
  }

  @TestFactory
  List<DynamicTest> elementwise() {
    return compare(ElementwiseTrials.all());
  }

  @TestFactory
  List<DynamicTest> normalisation() {
    return compare(NormalisationTrials.all());
  }

  @TestFactory
  List<DynamicTest> attention() {
    return compare(AttentionTrials.all());
  }

  @TestFactory
  List<DynamicTest> crossEntropy() {
    return compare(CrossEntropyTrials.all());
  }

  @TestFactory
  List<DynamicTest> layout() {
    return compare(LayoutTrials.all());
  }

  @TestFactory
  List<DynamicTest> sharing() {
    return compare(SharingTrials.all());
  }
}
