/** The learner's arithmetic in memory, without its pipeline. */
@NullMarked
package io.millrace.bench.learner;

import org.jspecify.annotations.NullMarked;
