/**
 * What is told of a training run while it goes: the progress line, {@code metrics.jsonl}, speed and
 * remaining time.
 */
package io.mae4j.cli.progress;
