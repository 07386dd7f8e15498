/**
 * What comes of many trainings that differ in a few settings: values over seeds, and the table of
 * them.
 */
@NullMarked
package io.mae4j.eval.ablation;

import org.jspecify.annotations.NullMarked;
