/**
 * The command line: commands, their options, help and exit codes. What commands do lives in {@code
 * io.mae4j.cli.run}.
 */
package io.mae4j.cli.command;
