package io.mae4j.api.graph;

/**
 * A value that lives in the engine between runs: a parameter, an optimizer moment, a running
 * statistic. It is real-valued and zero until written.
 *
 * @param name its name, unique in its program
 * @param shape its extents
 */
public record StateSpec(String name, Shape shape) {}
