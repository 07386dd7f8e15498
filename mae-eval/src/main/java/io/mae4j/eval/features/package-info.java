/** Embeddings of images as files for other programs: npy, safetensors, CSV. */
package io.mae4j.eval.features;
