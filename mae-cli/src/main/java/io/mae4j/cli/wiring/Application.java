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

/** The wired application. Nothing that it gave may be used once it is closed. */
public final class Application implements AutoCloseable {
  private final Injector injector;
  private final ProviderSource source;
  private boolean closed;

  private Application(Injector injector, ProviderSource source) {
    this.injector = injector;
    this.source = source;
  }

  /**
   * Wires everything over what a source finds. The source is closed with the application, and at
   * once if the wiring fails.
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
              new ServicesModule(plugins, console)),
          source);
    } catch (CreationException | ConfigurationException e) {
      source.close();
      throw cause(e);
    }
  }

  /** A bound object. */
  public <T> T get(Class<T> type) {
    if (closed) {
      throw MaeException.internal("the application is closed");
    }
    try {
      return injector.getInstance(type);
    } catch (ProvisionException e) {
      throw cause(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    source.close();
  }

  /** What the wiring or one of its parts complained of, however often it was wrapped. */
  private static RuntimeException cause(RuntimeException e) {
    for (Throwable inner = e; inner != null; inner = inner.getCause()) {
      if (inner instanceof MaeException failure) {
        return failure;
      }
    }
    return e;
  }
}
