/** The softmax that the log-linear policies share. */
@NullMarked
package io.millrace.policy.softmax;

import org.jspecify.annotations.NullMarked;
