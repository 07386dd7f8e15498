/** Using a trained model: features of whole images, and rebuilt patches. */
package io.mae4j.core.infer;
