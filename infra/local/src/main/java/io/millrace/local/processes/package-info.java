/** The system as it runs in production: a broker, a Flink cluster and serving replicas, each a process of its own. */
@NullMarked
package io.millrace.local.processes;

import org.jspecify.annotations.NullMarked;
