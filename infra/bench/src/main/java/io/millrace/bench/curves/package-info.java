/** What a suite of learning curves is. */
@NullMarked
package io.millrace.bench.curves;

import org.jspecify.annotations.NullMarked;
