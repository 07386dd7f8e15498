package io.mae4j.cli.wiring;

import io.mae4j.core.registry.Found;
import java.util.List;

/** Where providers come from: the module path, the class path and the plugins. */
@FunctionalInterface
public interface ProviderSource extends AutoCloseable {

  /** All providers of a service, each made once. */
  <P> List<Found<P>> find(Class<P> service);

  /** Lets go of what the providers were loaded from; none of them works after that. */
  @Override
  default void close() {}
}
