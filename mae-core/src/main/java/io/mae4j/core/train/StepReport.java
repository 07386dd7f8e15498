package io.mae4j.core.train;

/**
 * A finished optimizer step.
 *
 * @param step its number from 1
 * @param totalSteps steps of the whole run
 * @param epoch epochs done, with fraction
 * @param loss the mean loss of its batches
 * @param lr the learning rate it used
 * @param images images it took
 * @param nanos wall-clock time since the step before ended, in nanoseconds
 */
public record StepReport(
    long step, long totalSteps, double epoch, double loss, double lr, int images, long nanos) {}
