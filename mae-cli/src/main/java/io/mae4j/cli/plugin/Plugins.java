package io.mae4j.cli.plugin;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.data.DatasetProvider;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.EncoderProvider;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;

/**
 * The providers of the product and of its plugins. A plugin that cannot be loaded is not passed
 * over: it gives one error that names its jar.
 */
public final class Plugins {
  /** Everything a plugin may provide. */
  private static final List<Class<?>> SERVICES =
      List.of(
          BackendProvider.class,
          EncoderProvider.class,
          DecoderProvider.class,
          MaskingStrategyProvider.class,
          DatasetProvider.class,
          EvaluatorProvider.class);

  private final Map<Class<?>, List<Object>> providers;
  private final List<Path> locations;

  private Plugins(Map<Class<?>, List<Object>> providers, List<Path> locations) {
    this.providers = providers;
    this.locations = List.copyOf(locations);
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
    Map<Class<?>, List<Object>> providers = new LinkedHashMap<>();
    for (Class<?> service : SERVICES) {
      providers.put(
          service,
          new ArrayList<>(
              ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList()));
    }
    List<PluginJars> found = new ArrayList<>();
    folders.stream().map(PluginJars::in).forEach(found::addAll);
    more.stream().map(PluginJars::at).forEach(found::add);
    for (PluginJars jars : found) {
      add(jars, providers);
    }
    return new Plugins(providers, found.stream().map(PluginJars::location).toList());
  }

  private static void add(PluginJars jars, Map<Class<?>, List<Object>> providers) {
    boolean provides = false;
    try {
      Plugin plugin = open(jars);
      for (Class<?> service : SERVICES) {
        List<?> fresh = plugin.find(service);
        provides |= !fresh.isEmpty();
        providers.computeIfAbsent(service, key -> new ArrayList<>()).addAll(fresh);
      }
    } catch (MaeException e) {
      throw e;
    } catch (IOException
        | RuntimeException
        | LinkageError
        | java.util.ServiceConfigurationError e) {
      throw new MaeException(
          ErrorKind.PLUGIN, "plugin " + jars.location() + " cannot be loaded: " + reason(e), e);
    }
    if (!provides) {
      throw MaeException.plugin(
          "plugin "
              + jars.location()
              + " provides nothing: neither its module-info nor its META-INF/services names a provider of mae4j");
    }
  }

  private static Plugin open(PluginJars jars) throws IOException {
    for (Path jar : jars.jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (zip.size() == 0) {
          throw MaeException.plugin(
              "plugin " + jars.location() + ": " + jar.getFileName() + " is empty");
        }
      }
    }
    ModuleFinder finder = ModuleFinder.of(jars.jars().toArray(Path[]::new));
    return ModularPlugin.fits(finder) ? ModularPlugin.load(finder) : ClassPathPlugin.load(jars);
  }

  /** The innermost cause, which says what is missing or what the plugin itself complained of. */
  private static String reason(Throwable e) {
    Throwable inner = MaeException.rootOf(e);
    String text =
        inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    return inner instanceof NoClassDefFoundError || inner instanceof ClassNotFoundException
        ? "the class " + text.replace('/', '.') + " is missing"
        : text;
  }

  /** All providers of a service: the product's first, then the plugins' in order. */
  public <P> List<P> find(Class<P> service) {
    return providers.getOrDefault(service, List.of()).stream().map(service::cast).toList();
  }

  /** Where the plugins lie. */
  public List<Path> locations() {
    return locations;
  }
}
