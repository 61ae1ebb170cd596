/** The SDK over HTTP: requests in, the same core as in-process serving behind. */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
