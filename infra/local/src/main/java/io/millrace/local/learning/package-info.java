/** The learner job on a Flink cluster inside this JVM. */
@NullMarked
package io.millrace.local.learning;

import org.jspecify.annotations.NullMarked;
