package io.mae4j.cli.plugin;

import io.mae4j.api.error.MaeException;
import io.mae4j.core.registry.Found;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a stranger's provider: whatever it throws that is no message to the user becomes
 * one that names it. What mae4j itself provides stands alone; its failures are defects.
 *
 * @param provider the stranger
 * @param origin its class and its jar
 */
record Guard(Object provider, String origin) implements InvocationHandler {
  private static final String OWN = "io.mae4j.";

  /** A provider, guarded where it is a stranger's. */
  static <P> Found<P> around(Class<P> service, P provider, String jar) {
    String type = provider.getClass().getName();
    String origin = type + " in " + jar;
    if (type.startsWith(OWN)) {
      return new Found<>(provider, origin);
    }
    Object guarded =
        Proxy.newProxyInstance(
            service.getClassLoader(), new Class<?>[] {service}, new Guard(provider, origin));
    return new Found<>(service.cast(guarded), origin);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object result;
    try {
      result = method.invoke(provider, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof MaeException || cause instanceof VirtualMachineError) {
        throw cause;
      }
      throw Failures.inMethod(origin, method.getName(), Failures.reason(e), e);
    }
    if (result == null) {
      throw MaeException.plugin(
          "the provider "
              + origin
              + " returned nothing from "
              + method.getName()
              + "(); remove or replace that jar");
    }
    return result;
  }
}
