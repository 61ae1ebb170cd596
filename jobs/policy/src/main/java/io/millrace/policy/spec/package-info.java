/** A policy's file: what it holds and what is wrong with it. */
@NullMarked
package io.millrace.policy.spec;

import org.jspecify.annotations.NullMarked;
