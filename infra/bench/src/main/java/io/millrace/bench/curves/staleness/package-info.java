/** Learning from what older parameters generated. */
@NullMarked
package io.millrace.bench.curves.staleness;

import org.jspecify.annotations.NullMarked;
