/** The page that ties a run's results together. */
@NullMarked
package io.mae4j.eval.report;

import org.jspecify.annotations.NullMarked;
