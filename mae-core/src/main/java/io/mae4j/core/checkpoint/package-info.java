/**
 * Checkpoint files: the safetensors format, and how a {@link io.mae4j.api.checkpoint.Checkpoint}
 * lies in one such file. Files may come from strangers: everything is checked against the file's
 * size before memory is taken for it.
 */
package io.mae4j.core.checkpoint;
