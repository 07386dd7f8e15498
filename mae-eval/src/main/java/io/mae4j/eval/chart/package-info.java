/** The loss curve of a training run, and the accuracies of an ablation, as pictures. */
@NullMarked
package io.mae4j.eval.chart;

import org.jspecify.annotations.NullMarked;
