/** What another policy would have earned: counterfactual estimates from what was learned. */
@NullMarked
package io.millrace.policy.value;

import org.jspecify.annotations.NullMarked;
