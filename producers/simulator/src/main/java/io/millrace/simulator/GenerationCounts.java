package io.millrace.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts requests for outputs. */
final class GenerationCounts {

    final LongAdder requested = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder failed = new LongAdder();
}
