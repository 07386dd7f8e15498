/** Runs programs on PyTorch through DJL. */
package io.mae4j.backend.djl;
