/**
 * The file format that libtorch loads a program from: a zip archive with a pickled module and its
 * source text. Writing such an archive lives here; what the source text says is the business of
 * {@code io.mae4j.backend.djl.script}.
 */
@NullMarked
package io.mae4j.backend.djl.archive;

import org.jspecify.annotations.NullMarked;
