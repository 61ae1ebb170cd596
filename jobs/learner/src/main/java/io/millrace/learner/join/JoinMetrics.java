package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counters of the join, since the operator started. */
final class JoinMetrics {

    final Counter generations;
    final Counter rewards;
    final Counter trajectoriesJoined;
    final Counter trajectoriesDefaulted;
    final Counter trajectoriesSkipped;
    final Counter duplicatesDropped;
    final Counter deadLetters;

    JoinMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("millrace");
        generations = group.counter("generations");
        rewards = group.counter("rewards");
        trajectoriesJoined = group.counter("trajectoriesJoined");
        trajectoriesDefaulted = group.counter("trajectoriesDefaulted");
        trajectoriesSkipped = group.counter("trajectoriesSkipped");
        duplicatesDropped = group.counter("duplicatesDropped");
        deadLetters = group.counter("deadLetters");
    }

    void count(RawRecord.Kind kind) {
        (kind == RawRecord.Kind.GENERATION ? generations : rewards).inc();
    }
}
