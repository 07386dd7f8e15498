/** What every data set must do, as a JUnit 5 class to extend. */
package io.mae4j.testkit.data;
