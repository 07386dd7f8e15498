/**
 * The published model: ViT encoder, MAE decoder, their first values, and the cutting of images into
 * patches. Everything here is traced or plain Java; engines are met in {@code io.mae4j.core.train}
 * and {@code io.mae4j.core.infer}.
 */
package io.mae4j.core.model;
