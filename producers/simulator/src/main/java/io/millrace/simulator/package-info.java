/** Simulated users of a policy: what they ask, how they judge the answers, and when they say so. */
@NullMarked
package io.millrace.simulator;

import org.jspecify.annotations.NullMarked;
