package io.mae4j.cli.wiring;

import java.util.List;

/** Where providers come from: the module path, the class path and the plugins. */
@FunctionalInterface
public interface ProviderSource {

  /** All providers of a service, each made once. */
  <P> List<P> find(Class<P> service);
}
