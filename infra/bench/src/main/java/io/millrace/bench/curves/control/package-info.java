/** Learning to act in an environment, step by step. */
@NullMarked
package io.millrace.bench.curves.control;

import org.jspecify.annotations.NullMarked;
