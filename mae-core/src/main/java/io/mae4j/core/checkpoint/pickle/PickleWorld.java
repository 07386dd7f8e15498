package io.mae4j.core.checkpoint.pickle;

import java.util.List;
import java.util.Optional;

/** What a pickle may refer to outside of itself. */
public interface PickleWorld {

  /** Makes a value of arguments, in place of a call of Python. */
  @FunctionalInterface
  interface Constructor {
    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if the arguments are not what it takes
     */
    Object construct(List<?> arguments);
  }

  /**
   * What stands for a class or function of Python: a {@link Constructor} if it can be called, any
   * other value if it is only named; empty if it is not allowed.
   */
  Optional<?> find(String module, String name);

  /**
   * The object of a persistent id.
   *
   * @throws IllegalArgumentException if there is none
   */
  Object persistent(Object id);
}
