/**
 * Measures of frozen features: nearest neighbours and the linear probe. Found as services; where
 * features come from and what they are compared with lives in {@link io.mae4j.eval.compare}.
 */
@NullMarked
package io.mae4j.eval.probe;

import org.jspecify.annotations.NullMarked;
