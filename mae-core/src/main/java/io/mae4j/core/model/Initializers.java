package io.mae4j.core.model;

import io.mae4j.api.model.Initializer;

/** The first values of the official code. */
final class Initializers {
  private Initializers() {}

  /** All zero. */
  static Initializer zeros() {
    return (values, random) -> {};
  }

  /** All one. */
  static Initializer ones() {
    return (values, random) -> java.util.Arrays.fill(values, 1);
  }

  /** Normal with mean 0. */
  static Initializer normal(double deviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.gaussian());
      }
    };
  }

  /** Uniform in ±bound. */
  static Initializer uniform(double bound) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.unit() - 1));
      }
    };
  }

  /** Xavier-uniform (Glorot and Bengio 2010) of a matrix [out, in]: ±√(6/(in + out)). */
  static Initializer xavier(int out, int in) {
    return uniform(Math.sqrt(6.0 / (in + out)));
  }

  /** Given numbers, rounded to float. */
  static Initializer fixed(double[] table) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) table[i];
      }
    };
  }
}
