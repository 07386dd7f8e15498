/**
 * What the commands do: choosing engine, data and model by name, training into a run folder,
 * measuring, and reading it all back. Options, help and exit codes live in {@code
 * io.mae4j.cli.command}.
 */
package io.mae4j.cli.run;
