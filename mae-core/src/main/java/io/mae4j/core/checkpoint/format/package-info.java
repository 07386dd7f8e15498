/**
 * Models in the files of others: the official code's, Hugging Face's ViTMAE and timm's. A file is
 * read with its own names, brought to the official ones, its numbers are inferred from shapes and
 * what it says, and every tensor is checked before anything uses it.
 */
package io.mae4j.core.checkpoint.format;
