/** Typed options of the job, and their generated reference. */
@NullMarked
package io.millrace.learner.options;

import org.jspecify.annotations.NullMarked;
