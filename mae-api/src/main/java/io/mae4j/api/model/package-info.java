/**
 * What a model is made of: encoders and decoders trace themselves into a graph. The ViT of the
 * published model lives in {@code io.mae4j.core.model}.
 */
package io.mae4j.api.model;
