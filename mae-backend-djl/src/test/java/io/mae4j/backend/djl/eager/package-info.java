/**
 * A plain training loop on DJL's arrays, the yardstick of the engine's speed. Nothing of mae4j is
 * used in it.
 */
@NullMarked
package io.mae4j.backend.djl.eager;

import org.jspecify.annotations.NullMarked;
