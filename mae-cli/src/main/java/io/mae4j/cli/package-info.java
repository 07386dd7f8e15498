/** The command line: the only place that knows every part and wires them together. */
package io.mae4j.cli;
