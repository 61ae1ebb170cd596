/** Bodies of requests, read strictly: every field known, every value of the right type. */
@NullMarked
package io.millrace.server.request;

import org.jspecify.annotations.NullMarked;
