/**
 * Pictures of what a masked autoencoder rebuilt, and how far they are from the truth. Running the
 * model lives in {@code io.mae4j.core.infer}.
 */
@NullMarked
package io.mae4j.eval.picture;

import org.jspecify.annotations.NullMarked;
