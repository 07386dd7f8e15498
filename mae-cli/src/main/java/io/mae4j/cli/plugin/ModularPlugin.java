package io.mae4j.cli.plugin;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plugin whose jars are modules: it gets a layer of its own above the product's, with one class
 * loader.
 */
record ModularPlugin(ModuleLayer layer) implements Plugin {

  /** Whether the jars hold a module that declares itself, and the product runs as modules too. */
  static boolean fits(ModuleFinder finder) {
    return Plugins.class.getModule().isNamed()
        && finder.findAll().stream()
            .map(ModuleReference::descriptor)
            .anyMatch(module -> !module.isAutomatic());
  }

  static ModularPlugin load(ModuleFinder finder) {
    Set<String> names =
        finder.findAll().stream()
            .map(ModuleReference::descriptor)
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    ModuleLayer product = ModuleLayer.boot();
    Configuration configuration = product.configuration().resolve(finder, ModuleFinder.of(), names);
    return new ModularPlugin(
        product.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader()));
  }

  @Override
  public <P> List<P> find(Class<P> service) {
    return ServiceLoader.load(layer, service).stream()
        .filter(provider -> provider.type().getModule().getLayer() == layer)
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
