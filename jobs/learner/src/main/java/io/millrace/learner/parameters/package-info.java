/** The single writer of the parameters: ParameterServer. */
@NullMarked
package io.millrace.learner.parameters;

import org.jspecify.annotations.NullMarked;
