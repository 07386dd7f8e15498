/**
 * Plugins: jars from outside the distribution, each loaded for itself, whose providers stand beside
 * the built-in ones. What they may provide is defined in {@code io.mae4j.api}. A plugin's own
 * libraries win over the product's; shared are the JDK, mae4j itself and SLF4J.
 */
package io.mae4j.cli.plugin;
