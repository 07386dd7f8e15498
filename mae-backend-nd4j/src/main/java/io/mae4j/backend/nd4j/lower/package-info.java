/**
 * The compiler: each operator of a {@link io.mae4j.api.graph.Graph} becomes the instructions of
 * {@code io.mae4j.backend.nd4j.plan} that compute it. Nothing here touches ND4J; instructions name
 * its kernels, which {@code io.mae4j.backend.nd4j.run} calls.
 */
@NullMarked
package io.mae4j.backend.nd4j.lower;

import org.jspecify.annotations.NullMarked;
