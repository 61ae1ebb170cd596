/** Outputs meet their delayed rewards: TrajectoryJoin. */
@NullMarked
package io.millrace.learner.join;

import org.jspecify.annotations.NullMarked;
