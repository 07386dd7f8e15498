/**
 * Decodes WebP, lossy (VP8, RFC 6386) and lossless (VP8L, RFC 9649), to the same samples as
 * libwebp. Nothing is read behind the end of a chunk, and nothing runs longer than its pixels
 * justify.
 */
package io.mae4j.data.image.webp;
