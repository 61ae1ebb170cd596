/** Between the records of the wire and the types of this module. */
@NullMarked
package io.millrace.policy.wire;

import org.jspecify.annotations.NullMarked;
