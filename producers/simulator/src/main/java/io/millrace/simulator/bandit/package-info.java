/** The world of choices: a contextual bandit that drifts and whose best arm is known. */
@NullMarked
package io.millrace.simulator.bandit;

import org.jspecify.annotations.NullMarked;
