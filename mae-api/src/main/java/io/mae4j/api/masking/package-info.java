/**
 * Which patches are hidden: the contract of a masking strategy, for plugins. The strategies of the
 * product live in {@code io.mae4j.core.masking}.
 */
package io.mae4j.api.masking;
