package io.mae4j.backend.nd4j;

import io.mae4j.api.backend.NativeLibrary;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;

/** Starts ND4J inside this process. */
final class Nd4jRuntime {
  /** What calls ND4J, OpenBLAS and oneDNN, whose numbers of threads are those of the process. */
  static final NativeLibrary LIBRARY =
      new NativeLibrary("ND4J", Set.of("OpaqueDataBuffer.allocateDataBuffer"));

  private Nd4jRuntime() {}

  /**
   * Loads the native library, once. ND4J is told not to collect garbage on its own: programs own
   * their memory.
   *
   * @throws MaeException of kind RESOURCE if ND4J is not on the class path or cannot be loaded
   */
  static void start() {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    // ND4J keeps the loader of the first thread, which may know no engine in another's program.
    thread.setContextClassLoader(Nd4jRuntime.class.getClassLoader());
    try {
      Nd4j.getMemoryManager().togglePeriodicGc(false);
    } catch (RuntimeException | LinkageError e) {
      throw new MaeException(
          ErrorKind.RESOURCE,
          "ND4J's native library did not start: "
              + MaeException.rootOf(e)
              + ". Are nd4j-native, openblas and javacpp for this operating system and processor on"
              + " the class path, and can ~/.javacpp/cache be written to?",
          e);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** ND4J's version, as the build that made its jar left it there. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream stream =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("ND4J's jar cannot be read", e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
