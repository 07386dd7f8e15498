/**
 * Contract tests: abstract JUnit 5 classes that the author of an engine extends in ten lines. What
 * they are compared with lives in {@link io.mae4j.testkit.reference}; masking strategies have
 * theirs in {@link io.mae4j.testkit.masking}, data sets in {@link io.mae4j.testkit.data}.
 */
package io.mae4j.testkit;
