package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.graph.Program;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.core.model.MaeDecoderProvider;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.VitEncoderProvider;
import io.mae4j.core.registry.Registry;
import io.mae4j.data.dataset.SampleProvider;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EvaluationsTest {
  private final List<String> compiled = new ArrayList<>();

  /** The reference engine, noting what it compiles. */
  private final class NotingProvider implements BackendProvider {
    private final BackendProvider reference = new ReferenceBackendProvider();

    @Override
    public String name() {
      return reference.name();
    }

    @Override
    public String description() {
      return reference.description();
    }

    @Override
    public List<Device> devices() {
      return reference.devices();
    }

    @Override
    public Backend open(BackendOptions options) {
      Backend backend = reference.open(options);
      return new Backend() {
        @Override
        public String name() {
          return backend.name();
        }

        @Override
        public String version() {
          return backend.version();
        }

        @Override
        public Device device() {
          return backend.device();
        }

        @Override
        public Executable compile(Program program, CompileOptions compileOptions) {
          compiled.add(program.name());
          return backend.compile(program, compileOptions);
        }

        @Override
        public void close() {
          backend.close();
        }
      };
    }
  }

  private static EvaluatorProvider knn() {
    return ServiceLoader.load(EvaluatorProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("knn"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyWhatIsMeasuredIsCompiled() {
    RunConfig config =
        new ConfigLoader()
            .assignments(
                List.of(
                    "limit=40",
                    "encoder-width=8",
                    "encoder-depth=1",
                    "encoder-heads=2",
                    "decoder-width=8",
                    "decoder-depth=1",
                    "decoder-heads=2"))
            .load();
    Models models =
        new Models(
            new Registry<>("encoder", Map.of("vit", new VitEncoderProvider())),
            new Registry<>("decoder", Map.of("vit", new MaeDecoderProvider())));
    Console silent =
        new Console(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
    Evaluations evaluations =
        new Evaluations(
            new Engines(new Registry<>("engine", Map.of("reference", new NotingProvider()))),
            new Datasets(
                new Registry<>("data set", Map.of("sample", new SampleProvider())), silent),
            new Registry<>("evaluator", Map.of("knn", knn())),
            silent);
    MaskedAutoencoder model = models.create(config.model(), new ImageSpec(28, 28, 1, 7));
    TrainedModel trained = new TrainedModel(config, model, model.initialize(new Randomness(0)));

    assertThat(evaluations.learnt(trained, List.of("knn"), Pool.MEAN).rows()).hasSize(1);
    assertThat(compiled).filteredOn("features"::equals).hasSize(1);

    compiled.clear();
    assertThat(evaluations.run(trained, List.of("knn"), Pool.MEAN).rows()).hasSize(3);
    assertThat(compiled).filteredOn("features"::equals).hasSize(2);
  }
}
