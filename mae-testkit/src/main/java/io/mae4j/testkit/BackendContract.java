package io.mae4j.testkit;

import io.mae4j.api.backend.BackendProvider;
import org.junit.jupiter.api.Nested;

/**
 * What every engine must do. The author of one extends it:
 *
 * <pre>{@code
 * class MyBackendContractTest extends BackendContract {
 *   @Override
 *   protected BackendProvider provider() {
 *     return new MyBackendProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>Every operator is compared with the reference within the tolerances of one table; states,
 * refusals, closing, repeatability and memory are checked. Nothing is optional.
 */
public abstract class BackendContract {

  /** For subclasses. */
  protected BackendContract() {}

  /** The engine under test. */
  protected abstract BackendProvider provider();

  @Nested
  class Operators extends OperatorContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class States extends StateContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class Optimizer extends OptimizerContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class Use extends UseContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class Memory extends MemoryContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class Step extends StepContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  @Nested
  class SideBySide extends SideBySideContract {
    @Override
    BackendProvider provider() {
      return BackendContract.this.provider();
    }
  }

  /** Behind a decorator an engine promises the same, but for what operators compute. */
  @Nested
  class Recomputing {
    @Nested
    class States extends StateContract {
      @Override
      BackendProvider provider() {
        return new RecomputingProvider(BackendContract.this.provider());
      }
    }

    @Nested
    class Use extends UseContract {
      @Override
      BackendProvider provider() {
        return new RecomputingProvider(BackendContract.this.provider());
      }
    }
  }
}
