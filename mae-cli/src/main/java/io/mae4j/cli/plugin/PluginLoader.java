package io.mae4j.cli.plugin;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a plugin: its own libraries win over those of the product, which it meets
 * where it has none itself. Shared with the product are the JDK, everything of mae4j, and the
 * logging interface SLF4J; a plugin that brings copies of them gets the product's all the same, so
 * that both mean the same by a name.
 */
final class PluginLoader extends URLClassLoader {
  private static final List<String> SHARED = List.of("java.", "io.mae4j.", "org.slf4j.");

  private final Set<String> jdkPackages;

  static {
    registerAsParallelCapable();
  }

  private PluginLoader(String name, URL[] jars, ClassLoader product) {
    super(name, jars, product);
    this.jdkPackages =
        ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .flatMap(module -> module.packages().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A loader of these jars, on top of the product. */
  static PluginLoader of(PluginJars jars, ClassLoader product) {
    URL[] urls = new URL[jars.jars().size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = url(jars.jars().get(i));
    }
    return new PluginLoader(String.valueOf(jars.location().getFileName()), urls, product);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (findLoadedClass(name) == null && !isShared(name)) {
        try {
          findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve); // the product may have it
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  private boolean isShared(String name) {
    int end = name.lastIndexOf('.');
    return SHARED.stream().anyMatch(name::startsWith)
        || (end > 0 && jdkPackages.contains(name.substring(0, end)));
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    all.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(all);
  }
}
