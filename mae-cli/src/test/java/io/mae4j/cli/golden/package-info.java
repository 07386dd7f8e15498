/** What must stay the same from one release of Java, and of mae4j, to the next. */
package io.mae4j.cli.golden;
