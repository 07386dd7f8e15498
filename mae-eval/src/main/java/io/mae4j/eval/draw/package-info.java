/**
 * Drawing without the platform's fonts: a bare JDK image has none, and Java's text drawing then
 * fails. Glyphs come from pictures in this package, so that text looks the same on every machine.
 */
@NullMarked
package io.mae4j.eval.draw;

import org.jspecify.annotations.NullMarked;
