package io.mae4j.cli.plugin;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Who provides a service, as jars declare it: names of classes, and the jar of each. */
final class Declarations {
  private static final String FOLDER = "META-INF/services/";
  private static final String MODULE = "module-info.class";
  private static final char COMMENT = '#';

  private Declarations() {}

  /**
   * What the jars of a plugin declare, in {@code META-INF/services} or in their {@code
   * module-info}.
   *
   * @throws MaeException of kind PLUGIN that names the jar if one cannot be read
   */
  static Map<String, String> inJars(List<Path> jars, Class<?> service) {
    Map<String, String> declared = new LinkedHashMap<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
        List<String> names = new ArrayList<>();
        ZipEntry module = file.getEntry(MODULE);
        if (module != null) {
          try (InputStream in = file.getInputStream(module)) {
            names.addAll(provided(ModuleDescriptor.read(in), service));
          }
        }
        ZipEntry services = file.getEntry(FOLDER + service.getName());
        if (services != null) {
          names.addAll(names(file.getInputStream(services)));
        }
        names.forEach(name -> declared.putIfAbsent(name, jar.toString()));
      } catch (IOException | InvalidModuleDescriptorException e) {
        throw new MaeException(
            ErrorKind.PLUGIN,
            "what the plugin "
                + jar
                + " provides cannot be read: "
                + Failures.reason(e)
                + "; remove or replace it",
            e);
      }
    }
    return declared;
  }

  /** What a class loader finds in {@code META-INF/services}. */
  static Map<String, String> onClassPath(ClassLoader loader, Class<?> service) {
    String file = FOLDER + service.getName();
    Map<String, String> declared = new LinkedHashMap<>();
    try {
      for (URL url : Collections.list(loader.getResources(file))) {
        URLConnection connection = url.openConnection();
        // Otherwise the jar would stay open for good.
        connection.setUseCaches(false);
        names(connection.getInputStream())
            .forEach(name -> declared.putIfAbsent(name, container(url, file)));
      }
    } catch (IOException e) {
      throw new MaeException(
          ErrorKind.PLUGIN,
          "what the class path provides cannot be read: " + Failures.reason(e),
          e);
    }
    return declared;
  }

  /** What the modules of a layer declare. */
  static Map<String, String> inLayer(ModuleLayer layer, Class<?> service) {
    Map<String, String> declared = new LinkedHashMap<>();
    layer
        .configuration()
        .modules()
        .forEach(
            module -> {
              String jar =
                  module.reference().location().map(Declarations::path).orElse(module.name());
              provided(module.reference().descriptor(), service)
                  .forEach(name -> declared.putIfAbsent(name, jar));
            });
    return declared;
  }

  private static List<String> provided(ModuleDescriptor module, Class<?> service) {
    return module.provides().stream()
        .filter(provides -> provides.service().equals(service.getName()))
        .flatMap(provides -> provides.providers().stream())
        .toList();
  }

  private static List<String> names(InputStream file) throws IOException {
    try (file) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Declarations::withoutComment)
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf(COMMENT);
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  /** The jar or folder that a file lies in. */
  private static String container(URL url, String file) {
    String text = url.toString();
    String outer = text.substring(0, text.length() - file.length() - 1);
    return path(URI.create(outer.replaceFirst("^jar:", "").replaceFirst("!$", "")));
  }

  private static String path(URI location) {
    return "file".equals(location.getScheme()) ? Path.of(location).toString() : location.toString();
  }
}
