/**
 * The compiler: a {@link io.mae4j.api.graph.Program} becomes the source text of one TorchScript
 * class with a straight-line method for each graph. Nothing here touches DJL or libtorch; the text
 * is plain data that {@code io.mae4j.backend.djl} loads and runs.
 */
@NullMarked
package io.mae4j.backend.djl.script;

import org.jspecify.annotations.NullMarked;
