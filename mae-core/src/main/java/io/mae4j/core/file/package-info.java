/** Writing files so that nobody ever sees half of one. */
package io.mae4j.core.file;
