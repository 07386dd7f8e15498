package io.mae4j.api.graph;

/**
 * What the values of an index input must obey, so that no engine reads or writes foreign memory.
 *
 * @param limit every index must be at least 0 and below this
 * @param distinct whether the indices of one row (last axis) must all differ
 */
public record IndexRule(int limit, boolean distinct) {

  /** The stricter of two rules. */
  IndexRule and(IndexRule other) {
    return new IndexRule(Math.min(limit, other.limit), distinct || other.distinct);
  }
}
