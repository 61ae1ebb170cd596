/** How the SDK talks to Kafka: clients, their settings, the threads that consume, the log that acknowledges. */
@NullMarked
package io.millrace.sdk.kafka;

import org.jspecify.annotations.NullMarked;
