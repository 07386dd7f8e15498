/**
 * The reference backend: a plain-Java interpreter of graphs in double precision. It is the oracle
 * of the engine contracts, written to be read and to be right; it is not meant for training.
 */
package io.mae4j.testkit.reference;
