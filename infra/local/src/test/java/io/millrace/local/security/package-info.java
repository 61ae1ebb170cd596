/** Parts that reach a Kafka which asks who they are, and allows each what it needs. */
@NullMarked
package io.millrace.local.security;

import org.jspecify.annotations.NullMarked;
