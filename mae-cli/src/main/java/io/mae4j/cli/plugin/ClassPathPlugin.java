package io.mae4j.cli.plugin;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** A plugin whose jars are no modules: it gets a class loader of its own below the product's. */
record ClassPathPlugin(ClassLoader loader) implements Plugin {

  static ClassPathPlugin load(PluginJars jars) throws MalformedURLException {
    URL[] urls = new URL[jars.jars().size()];
    for (int i = 0; i < urls.length; i++) {
      Path jar = jars.jars().get(i);
      urls[i] = jar.toUri().toURL();
    }
    return new ClassPathPlugin(new URLClassLoader(urls, Plugins.class.getClassLoader()));
  }

  @Override
  public <P> List<P> find(Class<P> service) {
    return ServiceLoader.load(service, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
