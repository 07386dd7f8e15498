package io.mae4j.cli;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.wiring.Application;
import io.mae4j.cli.wiring.ProviderSource;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Starts the application over the module path, the class path and the plugins. */
final class Starter {

  private Starter() {}

  static Application start(List<Path> pluginPath, Console console) {
    ProviderSource source =
        new ProviderSource() {
          @Override
          public <P> List<P> find(Class<P> service) {
            return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
          }
        };
    return Application.of(source, console);
  }
}
