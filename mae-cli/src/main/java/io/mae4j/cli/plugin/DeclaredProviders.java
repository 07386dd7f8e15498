package io.mae4j.cli.plugin;

import io.mae4j.api.error.MaeException;
import io.mae4j.core.registry.Found;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes providers of their names, each by itself, so that a broken one is named. */
final class DeclaredProviders {
  private DeclaredProviders() {}

  /**
   * Providers of a service.
   *
   * @param declared the jar of each, by the name of its class
   * @param loader finds the classes
   * @param wanted which classes count
   * @throws MaeException of kind PLUGIN that names class and jar if one cannot be made
   */
  static <P> List<Found<P>> make(
      Class<P> service,
      Map<String, String> declared,
      ClassLoader loader,
      Predicate<Class<?>> wanted) {
    List<Found<P>> providers = new ArrayList<>();
    declared.forEach(
        (name, jar) -> {
          try {
            Class<?> type = Class.forName(name, false, loader);
            if (wanted.test(type)) {
              providers.add(Guard.around(service, make(service, type), jar));
            }
          } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw Failures.unusable(name, jar, e);
          }
        });
    return providers;
  }

  private static <P> P make(Class<P> service, Class<?> type) throws ReflectiveOperationException {
    if (!service.isAssignableFrom(type)) {
      throw new ClassCastException("it is no " + service.getName());
    }
    try {
      return service.cast(type.getConstructor().newInstance());
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new InvocationTargetException(
          new IllegalStateException(
              "it is no public class with a public constructor without arguments"));
    }
  }
}
