package io.mae4j.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.console.Console;
import java.nio.file.Path;
import java.util.List;

/** The wired application. */
public final class Application {
  private final Injector injector;

  private Application(Injector injector) {
    this.injector = injector;
  }

  /**
   * Wires everything over what a source finds.
   *
   * @param plugins where plugins lie, for information
   */
  public static Application of(ProviderSource source, List<Path> plugins, Console console) {
    Module strict =
        new AbstractModule() {
          @Override
          protected void configure() {
            binder().requireExplicitBindings();
            binder().disableCircularProxies();
          }
        };
    try {
      return new Application(
          Guice.createInjector(
              Stage.DEVELOPMENT,
              strict,
              new ProvidersModule(source),
              new ServicesModule(plugins, console)));
    } catch (CreationException | ConfigurationException e) {
      throw cause(e);
    }
  }

  /** A bound object. */
  public <T> T get(Class<T> type) {
    try {
      return injector.getInstance(type);
    } catch (ProvisionException e) {
      throw cause(e);
    }
  }

  private static RuntimeException cause(RuntimeException e) {
    return e.getCause() instanceof MaeException failure ? failure : e;
  }
}
