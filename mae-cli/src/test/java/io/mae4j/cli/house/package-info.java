/**
 * Tests of what was built as a whole: the packaged distribution as a user starts it, the module
 * descriptors, the declarations of services.
 */
package io.mae4j.cli.house;
