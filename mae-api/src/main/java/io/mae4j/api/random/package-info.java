/**
 * Where every random choice of mae4j comes from: draws by stated formulas, seeded by (seed,
 * purpose, epoch, sample), so that neither thread count, prefetch, resume, engine nor a release of
 * Java changes a sequence. The build refuses any other source.
 */
package io.mae4j.api.random;
