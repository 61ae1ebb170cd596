/** The whole system in one JVM. */
@NullMarked
package io.millrace.local.system;

import org.jspecify.annotations.NullMarked;
