/**
 * Random changes of training images beyond crop and flip: RandAugment on 8-bit samples, random
 * erasing on normalised values.
 */
package io.mae4j.data.augment;
