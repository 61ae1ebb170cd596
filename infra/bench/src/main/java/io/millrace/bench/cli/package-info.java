/** The commands that measure. */
@NullMarked
package io.millrace.bench.cli;

import org.jspecify.annotations.NullMarked;
