/**
 * Contract tests: abstract JUnit 5 classes that the author of an engine, a masking strategy or a
 * data set extends in ten lines. What they are compared with lives in {@link
 * io.mae4j.testkit.reference}.
 */
package io.mae4j.testkit;
