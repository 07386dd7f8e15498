/** The loss curve of a training run as a picture. */
@NullMarked
package io.mae4j.eval.chart;

import org.jspecify.annotations.NullMarked;
