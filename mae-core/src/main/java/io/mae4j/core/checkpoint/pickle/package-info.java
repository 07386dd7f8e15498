/**
 * Reading Python pickles without executing anything: a machine that knows the data of the format,
 * and constructors from an allow-list that are plain Java. What a stream claims is checked against
 * what is left of it before memory is taken.
 */
package io.mae4j.core.checkpoint.pickle;
