package io.mae4j.api.eval;

import io.mae4j.api.backend.Backend;

/**
 * Frozen features to be measured.
 *
 * @param train what may be learnt from
 * @param test what is measured on
 * @param classes K, the number of classes
 * @param backend where to compute
 * @param seed the run's seed
 */
public record EvaluationTask(
    Features train, Features test, int classes, Backend backend, long seed) {}
