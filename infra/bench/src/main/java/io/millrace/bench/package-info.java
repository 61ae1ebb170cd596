/**
 * JMH benchmarks of the hot paths: what a serving process does for each generation and each update, and what the learner
 * does for each batch. Their inputs are fixed, so that figures stay comparable when the bundled policies are tuned.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
