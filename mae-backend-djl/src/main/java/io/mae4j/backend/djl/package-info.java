/**
 * The engine {@code djl}: programs run on PyTorch's native library through DJL. A program is
 * compiled to the text of one TorchScript class ({@code .script}), packed into an archive that
 * libtorch loads ({@code .archive}), and each run of a graph is one native call. States live in
 * native memory; only inputs and fetched outputs cross over.
 */
@NullMarked
package io.mae4j.backend.djl;

import org.jspecify.annotations.NullMarked;
