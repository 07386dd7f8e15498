/**
 * The one exception of mae4j and its kinds. Nothing else is thrown on purpose across a module
 * boundary.
 */
package io.mae4j.api.error;
