/** The whole loop, from a user's request to the parameters that serve the next one, while things go wrong. */
@NullMarked
package io.millrace.local.endtoend;

import org.jspecify.annotations.NullMarked;
