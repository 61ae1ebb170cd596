/** What cannot be used, with the reason. */
@NullMarked
package io.millrace.learner.deadletter;

import org.jspecify.annotations.NullMarked;
