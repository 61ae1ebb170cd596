/** Prometheus metrics in base units; never labelled by user or trajectory. */
@NullMarked
package io.millrace.server.metrics;

import org.jspecify.annotations.NullMarked;
