/**
 * The composition root: the one place that knows which class is made of which. Guice is used here
 * and nowhere else.
 */
package io.mae4j.cli.wiring;
