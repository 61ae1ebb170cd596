/** Kafka records in, with event time that neither stalls nor trusts the producers clocks. */
@NullMarked
package io.millrace.learner.ingest;

import org.jspecify.annotations.NullMarked;
