/**
 * Finding things by name: providers of one kind, and the name that somebody probably meant. Where
 * providers come from is not decided here.
 */
package io.mae4j.core.registry;
