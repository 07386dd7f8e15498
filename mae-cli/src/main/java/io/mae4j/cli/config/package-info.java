/**
 * What a run is told: keys, the layers they come from (file, {@code --set}, options), and the
 * validated records they end in. Parsing of command lines and the use of the values live elsewhere.
 */
package io.mae4j.cli.config;
