/**
 * The vocabulary between models and engines: a {@link io.mae4j.api.graph.Program} is a set of
 * states and of {@link io.mae4j.api.graph.Graph}s over them; a graph is a list of {@link
 * io.mae4j.api.graph.Node}s in the order of their evaluation, each applying one operator to
 * symbolic {@link io.mae4j.api.graph.Tensor}s. {@link io.mae4j.api.graph.Array} is host data.
 * Engines and models meet here and nowhere else; differentiation and layers live in {@code
 * io.mae4j.core}.
 */
package io.mae4j.api.graph;
