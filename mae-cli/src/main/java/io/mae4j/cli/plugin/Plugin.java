package io.mae4j.cli.plugin;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.registry.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** A loaded plugin: jars behind a class loader of their own. */
final class Plugin implements AutoCloseable {
  private final PluginJars jars;
  private final PluginLoader loader;

  private Plugin(PluginJars jars, PluginLoader loader) {
    this.jars = jars;
    this.loader = loader;
  }

  /**
   * Opens it.
   *
   * @throws MaeException of kind PLUGIN if one of its jars is none
   */
  static Plugin open(PluginJars jars, ClassLoader product) {
    for (Path jar : jars.jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (zip.size() == 0) {
          throw MaeException.plugin("the plugin " + jar + " is empty; remove or replace it");
        }
      } catch (IOException e) {
        throw new MaeException(
            ErrorKind.PLUGIN,
            "the plugin "
                + jar
                + " cannot be loaded: "
                + Failures.reason(e)
                + "; remove or replace it",
            e);
      }
    }
    return new Plugin(jars, PluginLoader.of(jars, product));
  }

  Path location() {
    return jars.location();
  }

  /** Its own providers of a service, each made anew. */
  <P> List<Found<P>> find(Class<P> service) {
    Map<String, String> declared = Declarations.inJars(jars.jars(), service);
    return DeclaredProviders.make(
        service, declared, loader, type -> type.getClassLoader() == loader);
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new MaeException(
          ErrorKind.PLUGIN,
          "the plugin " + jars.location() + " cannot be closed: " + Failures.reason(e),
          e);
    }
  }
}
