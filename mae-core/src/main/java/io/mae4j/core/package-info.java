/** Neutral behaviour on the contracts of {@code io.mae4j.api}; knows no engine. */
package io.mae4j.core;
