/** How a pre-trained encoder is measured: the contract of an evaluation, for plugins. */
package io.mae4j.api.eval;
