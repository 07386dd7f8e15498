package io.mae4j.cli.plugin;

import io.mae4j.api.error.MaeException;
import io.mae4j.core.registry.Found;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Makes the providers that the modules of the product declare. */
final class ModuleProviders {
  private ModuleProviders() {}

  /**
   * Providers of a service.
   *
   * @throws MaeException of kind PLUGIN that names class and jar if one cannot be made
   */
  static <P> List<Found<P>> make(Class<P> service, ModuleLayer layer) {
    Map<String, String> declared = Declarations.inLayer(layer, service);
    List<Found<P>> providers = new ArrayList<>();
    Iterator<P> all = ServiceLoader.load(layer, service).iterator();
    try {
      while (all.hasNext()) {
        P provider = all.next();
        String jar = declared.getOrDefault(provider.getClass().getName(), "the module path");
        providers.add(Guard.around(service, provider, jar));
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      // The message names the class; where one name begins with another, the longer one is meant.
      String type =
          declared.keySet().stream()
              .filter(String.valueOf(e.getMessage())::contains)
              .max((a, b) -> Integer.compare(a.length(), b.length()))
              .orElse(service.getName());
      throw Failures.unusable(type, declared.getOrDefault(type, "the module path"), e);
    }
    return providers;
  }
}
