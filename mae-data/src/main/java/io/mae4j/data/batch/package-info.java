/**
 * Batches of prepared images: the order of an epoch, worker threads that prepare ahead, and what
 * becomes of damaged images. Single images are prepared in {@code io.mae4j.data.image}; tensors and
 * masks are somebody else's.
 */
package io.mae4j.data.batch;
