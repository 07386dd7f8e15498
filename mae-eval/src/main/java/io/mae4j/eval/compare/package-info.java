/**
 * What pre-training gained: the same evaluators on the features of the pre-trained encoder and of
 * baselines, from the same images with the same settings. How features are measured lives in {@code
 * io.mae4j.api.eval} services.
 */
@NullMarked
package io.mae4j.eval.compare;

import org.jspecify.annotations.NullMarked;
