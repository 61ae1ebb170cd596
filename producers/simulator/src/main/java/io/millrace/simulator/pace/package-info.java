/** How fast the users ask. */
@NullMarked
package io.millrace.simulator.pace;

import org.jspecify.annotations.NullMarked;
