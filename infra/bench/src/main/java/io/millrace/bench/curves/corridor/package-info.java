/** The short corridor with switched actions. */
@NullMarked
package io.millrace.bench.curves.corridor;

import org.jspecify.annotations.NullMarked;
