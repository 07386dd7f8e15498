/** What a checkpoint holds. Reading and writing files lives in {@code io.mae4j.core.checkpoint}. */
package io.mae4j.api.checkpoint;
