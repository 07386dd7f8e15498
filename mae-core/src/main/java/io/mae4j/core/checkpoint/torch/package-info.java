/** Files of {@code torch.save}: both its zip form and the one before it, read and written. */
package io.mae4j.core.checkpoint.torch;
