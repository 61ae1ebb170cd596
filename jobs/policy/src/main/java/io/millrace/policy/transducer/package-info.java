/** Monotone sequence generation: each input token emits zero, one or more output tokens. */
@NullMarked
package io.millrace.policy.transducer;

import org.jspecify.annotations.NullMarked;
