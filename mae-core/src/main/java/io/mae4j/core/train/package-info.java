/**
 * Pre-training: the recipe, the program of a step, and the loop that feeds it. Files, pictures and
 * consoles are the listeners' business.
 */
package io.mae4j.core.train;
