/**
 * What can be done to a traced graph without an engine: reverse-mode differentiation, counting its
 * cost in operations and memory, and trading the one for the other. The graph's vocabulary is
 * {@code io.mae4j.api.graph}'s.
 */
package io.mae4j.core.graph;
