/** From a gradient to a step. */
@NullMarked
package io.millrace.policy.optimizer;

import org.jspecify.annotations.NullMarked;
