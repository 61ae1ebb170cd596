package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counters of the join, since the operator started. */
final class JoinMetrics {

    private final MetricGroup group;
    private final Map<String, Counter> completed = new HashMap<>();
    final Counter generations;
    final Counter rewards;
    final Counter trajectoriesJoined;
    final Counter trajectoriesDefaulted;
    final Counter trajectoriesSkipped;
    final Counter duplicatesDropped;
    final Counter deadLetters;

    JoinMetrics(MetricGroup operator) {
        group = operator.addGroup("millrace");
        generations = group.counter("generations");
        rewards = group.counter("rewards");
        trajectoriesJoined = group.counter("trajectoriesJoined");
        trajectoriesDefaulted = group.counter("trajectoriesDefaulted");
        trajectoriesSkipped = group.counter("trajectoriesSkipped");
        duplicatesDropped = group.counter("duplicatesDropped");
        deadLetters = group.counter("deadLetters");
    }

    /** A trajectory of a policy that is known has its reward, and goes on to be learned. */
    void completed(String policy) {
        Counter counter = completed.get(policy);
        if (counter == null) {
            counter = group.addGroup("policy", policy).counter("trajectoriesCompleted");
            completed.put(policy, counter);
        }
        counter.inc();
    }

    void count(RawRecord.Kind kind) {
        (kind == RawRecord.Kind.GENERATION ? generations : rewards).inc();
    }
}
