/** Parameters: their layout, the updates they travel in, and the replica that applies them. */
@NullMarked
package io.millrace.policy.parameters;

import org.jspecify.annotations.NullMarked;
