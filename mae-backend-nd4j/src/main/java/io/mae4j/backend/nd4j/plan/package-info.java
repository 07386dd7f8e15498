/**
 * What a graph is lowered to, without a trace of ND4J: instructions over views of blocks of memory,
 * and the plan that gives each block its place. {@link io.mae4j.backend.nd4j.plan.MemoryPlan} knows
 * from the instructions when each block lives, and lets blocks that never live together share
 * memory.
 */
@NullMarked
package io.mae4j.backend.nd4j.plan;

import org.jspecify.annotations.NullMarked;
