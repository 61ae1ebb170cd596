/** Rewards lose their running average: Advantage. */
@NullMarked
package io.millrace.learner.advantage;

import org.jspecify.annotations.NullMarked;
