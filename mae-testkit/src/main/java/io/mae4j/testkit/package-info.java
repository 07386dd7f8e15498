/** Contract tests and a plain-Java reference backend, for authors of engines and plugins. */
package io.mae4j.testkit;
