/** Signed proof that an output was generated, without which nobody can reward it. */
@NullMarked
package io.millrace.server.token;

import org.jspecify.annotations.NullMarked;
