/**
 * The two streams of a command, and what is shown on them while it works. No command is defined
 * here.
 */
package io.mae4j.cli.console;
