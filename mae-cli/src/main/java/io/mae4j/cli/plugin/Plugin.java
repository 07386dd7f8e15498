package io.mae4j.cli.plugin;

import java.util.List;

/** A loaded plugin. */
interface Plugin {

  /** Its providers of a service, each made anew. */
  <P> List<P> find(Class<P> service);
}
