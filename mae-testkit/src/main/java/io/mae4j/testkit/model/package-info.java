/**
 * The published model on an engine: contract tests against values that the official code computed.
 * Operators one by one are checked by {@link io.mae4j.testkit.BackendContract}.
 */
package io.mae4j.testkit.model;
