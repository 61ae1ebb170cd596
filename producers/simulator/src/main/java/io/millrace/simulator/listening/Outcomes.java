package io.millrace.simulator.listening;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of the outputs that were heard. */
final class Outcomes {

    final LongAdder heard = new LongAdder();
    final LongAdder settled = new LongAdder();
    final LongAdder rewarded = new LongAdder();
    final LongAdder never = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder refused = new LongAdder();

    FeedbackCounts read() {
        // Settled first: read the other way round, something heard in between would seem negative.
        long done = settled.sum();
        return new FeedbackCounts(
                rewarded.sum(), never.sum(), duplicates.sum(), retries.sum(), refused.sum(), heard.sum() - done);
    }
}
