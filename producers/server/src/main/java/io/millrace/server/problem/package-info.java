/** What a client is told when a request cannot be answered: RFC 9457 problem details. */
@NullMarked
package io.millrace.server.problem;

import org.jspecify.annotations.NullMarked;
