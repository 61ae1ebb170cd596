/** A Flink cluster elsewhere, over its REST interface. */
@NullMarked
package io.millrace.local.flink;

import org.jspecify.annotations.NullMarked;
