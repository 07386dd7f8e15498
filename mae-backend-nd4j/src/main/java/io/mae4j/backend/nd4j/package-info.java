/** Runs programs on ND4J over pooled buffers. */
package io.mae4j.backend.nd4j;
