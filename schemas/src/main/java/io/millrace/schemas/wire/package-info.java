/** How the records travel: topic definitions and the single-object encoding. */
@NullMarked
package io.millrace.schemas.wire;

import org.jspecify.annotations.NullMarked;
