package io.millrace.local.learning;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * The learner's own counters, read in the JVM that it runs in. A counter starts anew when its task is restarted; here it
 * goes on, though what was counted since the last checkpoint is then counted again.
 */
public final class LearnerCounters implements MetricReporter {

    private static final String GROUP = ".millrace.";

    private final Map<Counter, String> counters = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> ended = new ConcurrentHashMap<>();

    /** Sum of the counters of one name, such as {@code trajectoriesDefaulted}, over tasks and restarts. */
    public long sum(String name) {
        long running = counters.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToLong(entry -> entry.getKey().getCount())
                .sum();
        AtomicLong before = ended.get(name);
        return running + (before == null ? 0 : before.get());
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to open: this reporter is asked, it does not send.
    }

    @Override
    public void close() {
        counters.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && group.getMetricIdentifier(name).contains(GROUP)) {
            counters.put(counter, name);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && counters.remove(counter) != null) {
            ended.computeIfAbsent(name, ignored -> new AtomicLong()).addAndGet(counter.getCount());
        }
    }
}
