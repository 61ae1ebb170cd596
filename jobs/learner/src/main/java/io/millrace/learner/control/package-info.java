/** Policies and parameters, as the operators that follow them receive them. */
@NullMarked
package io.millrace.learner.control;

import org.jspecify.annotations.NullMarked;
