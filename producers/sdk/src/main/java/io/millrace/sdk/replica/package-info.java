/** The policies served here and the parameters that they follow. */
@NullMarked
package io.millrace.sdk.replica;

import org.jspecify.annotations.NullMarked;
