/**
 * Training a classifier on a pre-trained encoder: fine-tuning, partial fine-tuning, the official
 * linear probe. Mixing of images and labels, the run, and what it scores. Evaluations of features
 * that are computed once live in {@code io.mae4j.eval.probe}.
 */
@NullMarked
package io.mae4j.eval.classify;

import org.jspecify.annotations.NullMarked;
