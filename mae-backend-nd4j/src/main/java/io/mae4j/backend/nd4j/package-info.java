/**
 * The engine {@code nd4j}: programs run on ND4J's kernels. A graph is lowered to a list of kernel
 * calls ({@code .lower}) over blocks whose places are planned ahead ({@code .plan}), and bound to
 * native memory that is allocated once ({@code .run}): a run allocates nothing, and the garbage
 * collector has no part in it.
 */
@NullMarked
package io.mae4j.backend.nd4j;

import org.jspecify.annotations.NullMarked;
