/**
 * The masking strategies of the product. Others come as plugins of {@code io.mae4j.api.masking}.
 */
package io.mae4j.core.masking;
