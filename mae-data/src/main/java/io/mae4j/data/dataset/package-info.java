/**
 * Where pictures come from: the embedded sample, Fashion-MNIST, IDX files and folders of pictures,
 * each a service for {@code io.mae4j.api.data.DatasetProvider}. Decoding lives in {@code
 * io.mae4j.data.image}, batching in {@code io.mae4j.data.batch}.
 */
package io.mae4j.data.dataset;
