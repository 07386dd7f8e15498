package io.mae4j.core.registry;

/**
 * A provider that was found.
 *
 * @param provider the provider
 * @param origin its class and its jar, for messages
 * @param <P> its kind
 */
public record Found<P>(P provider, String origin) {}
