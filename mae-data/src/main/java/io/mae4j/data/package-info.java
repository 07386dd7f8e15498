/** Datasets, decoding, augmentation, batching and prefetch; knows no tensor. */
package io.mae4j.data;
