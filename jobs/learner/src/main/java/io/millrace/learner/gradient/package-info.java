/** Micro-batches become partial gradients: GradientWorker. */
@NullMarked
package io.millrace.learner.gradient;

import org.jspecify.annotations.NullMarked;
