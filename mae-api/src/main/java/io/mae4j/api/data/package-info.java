/**
 * Images and where they come from. Reading, augmenting and batching live in {@code io.mae4j.data};
 * nothing here knows a tensor.
 */
package io.mae4j.api.data;
