/** Choosing among candidates: a log-linear softmax over hashed sparse features. */
@NullMarked
package io.millrace.policy.choice;

import org.jspecify.annotations.NullMarked;
