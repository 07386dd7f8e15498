package io.mae4j.cli.plugin;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.cli.wiring.ProviderSource;
import io.mae4j.core.registry.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The providers of the product and of its plugins. The product's are those that the modules beside
 * this one and the class path of its class loader declare, whatever loader the calling thread has;
 * a plugin's are those that its own jars declare. One that cannot be used is not passed over: it
 * gives one error that names its class and its jar.
 *
 * <p>Closing lets go of the plugins' jars; nothing of a plugin works after that.
 */
public final class Plugins implements ProviderSource {
  /** Everything a plugin may provide. */
  private static final List<Class<?>> SERVICES =
      List.of(
          BackendProvider.class,
          EncoderProvider.class,
          DecoderProvider.class,
          MaskingStrategyProvider.class,
          DatasetProvider.class,
          EvaluatorProvider.class);

  private final Map<Class<?>, List<Found<?>>> providers = new LinkedHashMap<>();
  private final List<Plugin> opened = new ArrayList<>();
  private boolean closed;

  private Plugins() {
    SERVICES.forEach(service -> providers.put(service, new ArrayList<>()));
  }

  /**
   * Loads everything.
   *
   * @param folders folders of plugins, which need not exist
   * @param more further plugins, each a jar or a folder with its jars
   * @throws MaeException of kind PLUGIN if one is broken, of kind USER if one of the further ones
   *     does not exist
   */
  public static Plugins load(List<Path> folders, List<Path> more) {
    return load(Plugins.class.getClassLoader(), folders, more);
  }

  /** Loads everything; the product's class path is that of a class loader. */
  static Plugins load(ClassLoader product, List<Path> folders, List<Path> more) {
    Plugins plugins = new Plugins();
    try {
      plugins.addProduct(product);
      folders.stream().map(PluginJars::in).forEach(jars -> plugins.addAll(jars, product));
      plugins.addAll(more.stream().map(PluginJars::at).toList(), product);
      return plugins;
    } catch (RuntimeException | LinkageError e) {
      plugins.close();
      throw e;
    }
  }

  private void addProduct(ClassLoader product) {
    ModuleLayer layer = Plugins.class.getModule().getLayer();
    for (Class<?> service : SERVICES) {
      List<Found<?>> all = of(service);
      if (layer != null) {
        all.addAll(ModuleProviders.make(service, layer));
      }
      all.addAll(
          DeclaredProviders.make(
              service,
              Declarations.onClassPath(product, service),
              product,
              type -> !type.getModule().isNamed()));
    }
  }

  private void addAll(List<PluginJars> found, ClassLoader product) {
    for (PluginJars jars : found) {
      Plugin plugin = Plugin.open(jars, product);
      opened.add(plugin);
      boolean provides = false;
      for (Class<?> service : SERVICES) {
        provides |= of(service).addAll(plugin.find(service));
      }
      if (!provides) {
        throw MaeException.plugin(
            "plugin "
                + jars.location()
                + " provides nothing: neither its module-info nor its META-INF/services names a provider of mae4j; remove or replace it");
      }
    }
  }

  private List<Found<?>> of(Class<?> service) {
    return providers.computeIfAbsent(service, key -> new ArrayList<>());
  }

  /** All providers of a service: the product's first, then the plugins' in order. */
  @Override
  public <P> List<Found<P>> find(Class<P> service) {
    if (closed) {
      throw MaeException.internal("the plugins are closed");
    }
    List<Found<P>> all = new ArrayList<>();
    for (Found<?> found : of(service)) {
      all.add(new Found<>(service.cast(found.provider()), found.origin()));
    }
    return all;
  }

  /** Where the plugins lie. */
  public List<Path> locations() {
    return opened.stream().map(Plugin::location).toList();
  }

  @Override
  public void close() {
    closed = true;
    opened.forEach(Plugin::close);
  }
}
