/**
 * The runtime: a planned graph is bound to native memory once, and then each run calls its kernels
 * one after the other. Everything that touches ND4J's arrays is here.
 */
@NullMarked
package io.mae4j.backend.nd4j.run;

import org.jspecify.annotations.NullMarked;
