package io.mae4j.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.cli.ablation.Ablation;
import io.mae4j.cli.ablation.AblationReport;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.run.AsymmetryBenchmark;
import io.mae4j.cli.run.ClassifierRuns;
import io.mae4j.cli.run.DataBenchmark;
import io.mae4j.cli.run.Datasets;
import io.mae4j.cli.run.Embedder;
import io.mae4j.cli.run.Engines;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.cli.run.Forwards;
import io.mae4j.cli.run.Information;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.OperatorBenchmark;
import io.mae4j.cli.run.Pretrainer;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.TrainingBenchmark;
import io.mae4j.core.registry.Registry;
import java.nio.file.Path;
import java.util.List;

/** Binds what the commands use. */
final class ServicesModule extends AbstractModule {
  private final List<Path> plugins;
  private final Console console;

  ServicesModule(List<Path> plugins, Console console) {
    this.plugins = plugins;
    this.console = console;
  }

  @Override
  protected void configure() {
    bind(Console.class).toInstance(console);
    Provider<Registry<BackendProvider>> backends =
        getProvider(ProvidersModule.registryOf(BackendProvider.class));
    Provider<Registry<EncoderProvider>> encoders =
        getProvider(ProvidersModule.registryOf(EncoderProvider.class));
    Provider<Registry<DecoderProvider>> decoders =
        getProvider(ProvidersModule.registryOf(DecoderProvider.class));
    Provider<Registry<MaskingStrategyProvider>> maskings =
        getProvider(ProvidersModule.registryOf(MaskingStrategyProvider.class));
    Provider<Registry<DatasetProvider>> forms =
        getProvider(ProvidersModule.registryOf(DatasetProvider.class));
    Provider<Registry<EvaluatorProvider>> evaluators =
        getProvider(ProvidersModule.registryOf(EvaluatorProvider.class));
    single(Engines.class, () -> new Engines(backends.get()));
    single(Models.class, () -> new Models(encoders.get(), decoders.get()));
    single(Datasets.class, () -> new Datasets(forms.get(), console));
    Provider<Engines> engines = getProvider(Engines.class);
    Provider<Models> models = getProvider(Models.class);
    Provider<Datasets> datasets = getProvider(Datasets.class);
    single(
        Information.class,
        () ->
            new Information(
                backends.get(),
                encoders.get(),
                decoders.get(),
                maskings.get(),
                forms.get(),
                evaluators.get(),
                plugins));
    single(Embedder.class, () -> new Embedder(engines.get(), datasets.get(), console));
    single(Forwards.class, () -> new Forwards(engines.get(), models.get(), console));
    single(
        DataBenchmark.class,
        () -> new DataBenchmark(datasets.get(), models.get(), maskings.get(), console));
    single(
        OperatorBenchmark.class, () -> new OperatorBenchmark(engines.get(), models.get(), console));
    single(
        TrainingBenchmark.class,
        () -> new TrainingBenchmark(engines.get(), models.get(), maskings.get()));
    single(
        Reconstructions.class,
        () -> new Reconstructions(engines.get(), datasets.get(), maskings.get(), console));
    single(
        Evaluations.class,
        () -> new Evaluations(engines.get(), datasets.get(), evaluators.get(), console));
    single(
        ClassifierRuns.class,
        () -> new ClassifierRuns(engines.get(), models.get(), datasets.get(), console));
    single(
        Pretrainer.class,
        () -> new Pretrainer(engines.get(), models.get(), datasets.get(), maskings.get(), console));
    Provider<Pretrainer> pretrainer = getProvider(Pretrainer.class);
    Provider<Evaluations> evaluations = getProvider(Evaluations.class);
    Provider<Reconstructions> reconstructions = getProvider(Reconstructions.class);
    single(
        Ablation.class,
        () ->
            new Ablation(
                pretrainer.get(),
                models.get(),
                evaluations.get(),
                reconstructions.get(),
                console,
                System::nanoTime));
    single(AblationReport.class, () -> new AblationReport(models.get(), reconstructions.get()));
    Provider<TrainingBenchmark> training = getProvider(TrainingBenchmark.class);
    single(AsymmetryBenchmark.class, () -> new AsymmetryBenchmark(training.get(), console));
  }

  private <T> void single(Class<T> type, Provider<T> provider) {
    bind(type).toProvider(provider).in(Scopes.SINGLETON);
  }
}
