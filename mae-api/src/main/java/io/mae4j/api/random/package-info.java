/**
 * Where every random choice of mae4j comes from: a named generator, seeded by (seed, purpose,
 * epoch, sample), so that neither thread count, prefetch, resume nor engine changes a sequence.
 */
package io.mae4j.api.random;
