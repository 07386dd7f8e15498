package io.mae4j.api.backend;

import io.mae4j.api.error.MaeException;
import java.util.List;

/** An engine that was found on the path. Looking at it is cheap and loads nothing native. */
public interface BackendProvider {

  /** Its name in configurations, lower case, for example {@code djl}. */
  String name();

  /** One line for people: what it runs on and in which version. */
  String description();

  /**
   * The devices it can use here, the default one first. May load native code.
   *
   * @throws MaeException of kind RESOURCE if the engine cannot start
   */
  List<Device> devices();

  /**
   * Starts the engine.
   *
   * @throws MaeException of kind RESOURCE if the engine or the device cannot be had
   */
  Backend open(BackendOptions options);
}
