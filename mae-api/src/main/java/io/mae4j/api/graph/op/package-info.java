/**
 * The operators of a graph, one record each, with their shape rules. Evaluating them is an engine's
 * business, differentiating them {@code io.mae4j.core}'s.
 */
package io.mae4j.api.graph.op;
