/** Serving inside any JVM: generate from policies that reload while they serve, log what was generated, send feedback. */
@NullMarked
package io.millrace.sdk;

import org.jspecify.annotations.NullMarked;
