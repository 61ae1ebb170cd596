/** Records out to Kafka. */
@NullMarked
package io.millrace.learner.sink;

import org.jspecify.annotations.NullMarked;
