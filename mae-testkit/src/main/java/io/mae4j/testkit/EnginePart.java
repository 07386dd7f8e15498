package io.mae4j.testkit;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;

/** What the parts of the engine contract share: the opened engine and the reference beside it. */
abstract class EnginePart {
  private Backend engine;
  private Backend reference;

  /** The engine under test. */
  abstract BackendProvider provider();

  @BeforeEach
  void openEngines() {
    engine = provider().open(BackendOptions.cpu());
    reference = new ReferenceBackendProvider().open(BackendOptions.cpu());
  }

  @AfterEach
  void closeEngines() {
    engine.close();
    reference.close();
  }

  Backend engine() {
    return engine;
  }

  Executable compile(Program program) {
    return engine.compile(program, CompileOptions.fp32());
  }

  Executable compileReference(Program program) {
    return reference.compile(program, CompileOptions.fp32());
  }

  /** A test for each of some trials: the engine's outputs are close to the reference's. */
  List<DynamicTest> compare(List<NamedTrial> trials) {
    return trials.stream()
        .map(trial -> DynamicTest.dynamicTest(trial.name(), () -> compare(trial)))
        .toList();
  }

  private void compare(NamedTrial named) {
    Trial trial = new Trial();
    named.trace().accept(trial);
    Program program = new Program(named.name(), List.of(), List.of(trial.build()));
    try (Executable actual = compile(program);
        Executable expected = compileReference(program)) {
      Map<String, Array> found = actual.run(Trial.GRAPH, trial.inputs(), trial.outputs().keySet());
      Map<String, Array> wanted =
          expected.run(Trial.GRAPH, trial.inputs(), trial.outputs().keySet());
      Closeness.check(named.name(), found, wanted, trial.outputs());
    }
  }
}
