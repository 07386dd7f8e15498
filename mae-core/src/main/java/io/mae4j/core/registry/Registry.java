package io.mae4j.core.registry;

import io.mae4j.api.error.MaeException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The providers of one kind by name. Immutable.
 *
 * @param <P> the kind
 */
public final class Registry<P> {
  private final String kind;
  private final Map<String, P> providers;

  /**
   * A registry of these.
   *
   * @param kind what they are, for messages, for example {@code masking strategy}
   * @param providers by their names
   */
  public Registry(String kind, Map<String, P> providers) {
    this.kind = kind;
    this.providers = Collections.unmodifiableMap(new TreeMap<>(providers));
  }

  /**
   * Providers by their names.
   *
   * @param kind what they are, for messages
   * @param providers what was found
   * @param nameOf tells the name of one
   * @throws MaeException of kind PLUGIN if two have the same name or one has none, naming the jars
   *     they come from
   */
  public static <P> Map<String, P> index(
      String kind, Collection<Found<P>> providers, Function<P, String> nameOf) {
    Map<String, Found<P>> index = new TreeMap<>();
    for (Found<P> found : providers) {
      String name = nameOf.apply(found.provider());
      if (name.isBlank()) {
        throw MaeException.plugin(
            "the " + kind + " " + found.origin() + " has no name; remove or replace that jar");
      }
      Found<P> other = index.putIfAbsent(name, found);
      if (other != null) {
        throw MaeException.plugin(
            "two providers call themselves "
                + kind
                + " '"
                + name
                + "': "
                + other.origin()
                + " and "
                + found.origin()
                + "; remove one of them");
      }
    }
    Map<String, P> providersByName = new TreeMap<>();
    index.forEach((name, found) -> providersByName.put(name, found.provider()));
    return providersByName;
  }

  /**
   * A provider by name.
   *
   * @throws MaeException of kind USER if there is none of that name, listing what there is
   */
  public P get(String name) {
    P provider = providers.get(name);
    if (provider == null) {
      Optional<String> near = Nearest.to(name, names());
      throw MaeException.user(
          "No "
              + kind
              + " '"
              + name
              + "'. "
              + (providers.isEmpty()
                  ? "There is none at all."
                  : "Available: " + String.join(", ", names()) + ".")
              + near.map(suggestion -> " Did you mean '" + suggestion + "'?").orElse(""));
    }
    return provider;
  }

  /** The names in alphabetical order. */
  public Set<String> names() {
    return providers.keySet();
  }

  /** The providers in the order of their names. */
  public List<P> all() {
    return List.copyOf(providers.values());
  }
}
