/**
 * Ablations: what is varied, the trainings that come of it, and their results. A training of it is
 * an ordinary run; what differs from one run to another is decided here.
 */
package io.mae4j.cli.ablation;
