/** What the guides show, compiled. */
package io.mae4j.docs;
