package io.millrace.local.learning;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * The learner's own metrics, read in the JVM that it runs in. A counter starts anew when its task is restarted; here it
 * goes on, though what was counted since the last checkpoint is then counted again. A gauge ends with its task.
 */
public final class LearnerCounters implements MetricReporter {

    private static final String GROUP = ".millrace.";

    private static final String POLICY = "<policy>";

    private final Map<Counter, String> counters = new ConcurrentHashMap<>();
    private final Map<Gauge<?>, PolicyGauge> gauges = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> ended = new ConcurrentHashMap<>();

    private record PolicyGauge(String name, String policy) {}

    /** Sum of the counters of one name, such as {@code trajectoriesDefaulted}, over tasks and restarts. */
    public long sum(String name) {
        long running = counters.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToLong(entry -> entry.getKey().getCount())
                .sum();
        AtomicLong before = ended.get(name);
        return running + (before == null ? 0 : before.get());
    }

    /** Values of a policy's gauge of one name, such as {@code appliedVersion}, one of each task that runs now. */
    public List<Long> gauges(String name, String policy) {
        var wanted = new PolicyGauge(name, policy);
        return gauges.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(entry -> ((Number) entry.getKey().getValue()).longValue())
                .toList();
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to open: this reporter is asked, it does not send.
    }

    @Override
    public void close() {
        counters.clear();
        gauges.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && group.getMetricIdentifier(name).contains(GROUP)) {
            counters.put(counter, name);
        } else if (metric instanceof Gauge<?> gauge && group.getAllVariables().containsKey(POLICY)) {
            gauges.put(gauge, new PolicyGauge(name, group.getAllVariables().getOrDefault(POLICY, "")));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && counters.remove(counter) != null) {
            ended.computeIfAbsent(name, ignored -> new AtomicLong()).addAndGet(counter.getCount());
        } else if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        }
    }
}
