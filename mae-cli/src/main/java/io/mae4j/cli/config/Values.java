package io.mae4j.cli.config;

/** Where section records take their values from. */
interface Values {

  /** The value of a key. */
  <T> T get(ConfigKey<T> key);
}
