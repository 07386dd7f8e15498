/** How the learning rate moves over a run. */
package io.mae4j.core.schedule;
