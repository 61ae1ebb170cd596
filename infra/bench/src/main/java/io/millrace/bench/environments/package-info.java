/** Environments to act in, step by step; time and randomness come from outside. */
@NullMarked
package io.millrace.bench.environments;

import org.jspecify.annotations.NullMarked;
