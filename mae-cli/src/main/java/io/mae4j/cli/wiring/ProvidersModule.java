package io.mae4j.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.core.registry.Registry;
import java.util.Map;
import java.util.function.Function;

/** Binds what was found of each kind: a map of the providers by name, and the registry over it. */
final class ProvidersModule extends AbstractModule {
  private final ProviderSource source;

  ProvidersModule(ProviderSource source) {
    this.source = source;
  }

  @Override
  protected void configure() {
    bindKind("engine", BackendProvider.class, BackendProvider::name);
    bindKind("encoder", EncoderProvider.class, EncoderProvider::name);
    bindKind("decoder", DecoderProvider.class, DecoderProvider::name);
    bindKind("masking strategy", MaskingStrategyProvider.class, MaskingStrategyProvider::name);
    bindKind("data set", DatasetProvider.class, DatasetProvider::name);
    bindKind("evaluator", EvaluatorProvider.class, EvaluatorProvider::name);
  }

  private <P> void bindKind(String kind, Class<P> service, Function<P, String> nameOf) {
    MapBinder<String, P> binder = MapBinder.newMapBinder(binder(), String.class, service);
    Registry.index(kind, source.find(service), nameOf)
        .forEach((name, provider) -> binder.addBinding(name).toInstance(provider));
    Provider<Map<String, P>> providers = getProvider(mapOf(service));
    bind(registryOf(service))
        .toProvider(() -> new Registry<>(kind, providers.get()))
        .in(Scopes.SINGLETON);
  }

  @SuppressWarnings("unchecked")
  private static <P> Key<Map<String, P>> mapOf(Class<P> service) {
    return (Key<Map<String, P>>) Key.get(Types.mapOf(String.class, service));
  }

  @SuppressWarnings("unchecked")
  static <P> Key<Registry<P>> registryOf(Class<P> service) {
    return Key.get(
        (TypeLiteral<Registry<P>>)
            TypeLiteral.get(Types.newParameterizedType(Registry.class, service)));
  }
}
