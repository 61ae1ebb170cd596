/** From trajectories and rewards to a gradient: baselines, importance weights, estimators. */
@NullMarked
package io.millrace.policy.gradient;

import org.jspecify.annotations.NullMarked;
