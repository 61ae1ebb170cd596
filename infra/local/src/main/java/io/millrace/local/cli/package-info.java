/** The {@code millrace} command. */
@NullMarked
package io.millrace.local.cli;

import org.jspecify.annotations.NullMarked;
