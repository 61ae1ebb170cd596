/** Kills the parts of a cluster under load, and proves what was promised all the same. */
@NullMarked
package io.millrace.local.chaos;

import org.jspecify.annotations.NullMarked;
