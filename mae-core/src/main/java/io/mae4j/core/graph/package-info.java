/**
 * What can be done to a traced graph without an engine: reverse-mode differentiation and counting
 * its cost. The graph's vocabulary is {@code io.mae4j.api.graph}'s.
 */
package io.mae4j.core.graph;
