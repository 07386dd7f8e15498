package io.mae4j.cli.plugin;

import io.mae4j.api.masking.MaskingStrategyProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Makes plugin jars out of source text, as a stranger's build would. */
public final class PluginBuilder {
  private final Path work;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public PluginBuilder(Path work) {
    this.work = work;
  }

  /** A masking provider of this simple class name whose strategy keeps the first patches. */
  public PluginBuilder maskingProvider(String className, String name, String constructorBody)
      throws IOException {
    return maskingProvider(
        className, constructorBody, '"' + name + '"', "\"keeps the first patches\"");
  }

  /** A masking provider with expressions that make its name and its description. */
  public PluginBuilder maskingProvider(
      String className, String constructorBody, String name, String description)
      throws IOException {
    String source =
        """
        package strange;

        import io.mae4j.api.masking.Mask;
        import io.mae4j.api.masking.MaskingStrategy;
        import io.mae4j.api.masking.MaskingStrategyProvider;
        import java.util.stream.IntStream;

        public final class %1$s implements MaskingStrategyProvider {
          public %1$s() {
            %3$s
          }
          @Override public String name() { return %2$s; }
          @Override public String description() { return %4$s; }
          @Override public MaskingStrategy create() {
            return (grid, ratio, random) ->
                Mask.ofOrder(IntStream.range(0, grid.patches()).toArray(), grid.visible(ratio));
          }
        }
        """
            .formatted(className, name, constructorBody, description);
    return source(className, source).service("strange." + className);
  }

  public PluginBuilder source(String className, String text) throws IOException {
    return source("strange", className, text);
  }

  public PluginBuilder source(String packageName, String className, String text)
      throws IOException {
    Path folder = work.resolve("src").resolve(packageName.replace('.', '/'));
    Files.writeString(Files.createDirectories(folder).resolve(className + ".java"), text);
    return this;
  }

  /** Declares providers, one a line. */
  public PluginBuilder service(String providers) {
    return file(
        "META-INF/services/io.mae4j.api.masking.MaskingStrategyProvider",
        (providers + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public PluginBuilder file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Declares the provider by a module instead of a file. */
  public PluginBuilder module(String provider) throws IOException {
    files.clear();
    Files.writeString(
        work.resolve("src/module-info.java"),
        """
        module strange.module {
          requires io.mae4j.api;
          provides io.mae4j.api.masking.MaskingStrategyProvider with %s;
        }
        """
            .formatted(provider));
    return this;
  }

  /** Compiles, drops the named classes, and packs the rest. */
  public Path jar(Path target, String... without) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    List<String> sources;
    try (Stream<Path> found = Files.walk(work.resolve("src"))) {
      sources = found.filter(Files::isRegularFile).map(Path::toString).toList();
    }
    String apiPath =
        System.getProperty("java.class.path")
            + java.io.File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    boolean modular = Files.exists(work.resolve("src/module-info.java"));
    arguments.addAll(modular ? List.of("-p", api()) : List.of("-cp", apiPath));
    arguments.addAll(sources);
    if (javac.run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("the plugin of the test does not compile");
    }
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path file : compiled.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (!List.of(without).contains(name)) {
          put(jar, name, Files.readAllBytes(file));
        }
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(jar, file.getKey(), file.getValue());
      }
    }
    return target;
  }

  private static String api() {
    URL location =
        MaskingStrategyProvider.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(location.toString())).toString();
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }
}
