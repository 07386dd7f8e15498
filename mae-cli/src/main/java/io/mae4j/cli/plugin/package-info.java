/**
 * Plugins: jars from outside the distribution, each loaded for itself, whose providers stand beside
 * the built-in ones. What they may provide is defined in {@code io.mae4j.api}.
 */
package io.mae4j.cli.plugin;
