/**
 * Pictures one at a time: decoding files, and cropping, resizing, flipping and normalising as the
 * published recipe does it. Where pictures come from lives in {@code io.mae4j.data.dataset},
 * putting them together in {@code io.mae4j.data.batch}.
 */
package io.mae4j.data.image;
