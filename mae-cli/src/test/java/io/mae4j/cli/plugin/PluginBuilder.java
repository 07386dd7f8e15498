package io.mae4j.cli.plugin;

import java.io.IOException;
import java.io.OutputStream;
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
final class PluginBuilder {
  private final Path work;
  private final Map<String, String> files = new LinkedHashMap<>();

  PluginBuilder(Path work) {
    this.work = work;
  }

  /** A masking provider of this simple class name whose strategy keeps the first patches. */
  PluginBuilder maskingProvider(String className, String name, String constructorBody)
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
          @Override public String name() { return "%2$s"; }
          @Override public String description() { return "keeps the first patches"; }
          @Override public MaskingStrategy create() {
            return (grid, ratio, random) ->
                Mask.ofOrder(IntStream.range(0, grid.patches()).toArray(), grid.visible(ratio));
          }
        }
        """
            .formatted(className, name, constructorBody);
    return source(className, source).service("strange." + className);
  }

  PluginBuilder source(String className, String text) throws IOException {
    Path source = Files.createDirectories(work.resolve("src/strange")).resolve(className + ".java");
    Files.writeString(source, text);
    return this;
  }

  PluginBuilder service(String provider) {
    files.put("META-INF/services/io.mae4j.api.masking.MaskingStrategyProvider", provider + "\n");
    return this;
  }

  /** Compiles, drops the named classes, and packs the rest. */
  Path jar(Path target, String... without) throws IOException {
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
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", apiPath));
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
      for (Map.Entry<String, String> file : files.entrySet()) {
        put(jar, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return target;
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }
}
