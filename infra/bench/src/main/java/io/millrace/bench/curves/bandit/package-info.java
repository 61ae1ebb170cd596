/** Bandits. */
@NullMarked
package io.millrace.bench.curves.bandit;

import org.jspecify.annotations.NullMarked;
