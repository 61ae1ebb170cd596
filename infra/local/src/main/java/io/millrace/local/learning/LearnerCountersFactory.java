package io.millrace.local.learning;

import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * How a cluster finds its {@link LearnerCounters}: Flink makes reporters itself, by the name of their factory, so the
 * counters wait here under an id that the cluster's configuration carries.
 */
public final class LearnerCountersFactory implements MetricReporterFactory {

    private static final String PREFIX = "metrics.reporter.counters.";
    private static final String ID = "id";
    private static final Map<String, LearnerCounters> WAITING = new ConcurrentHashMap<>();

    /** Adds counters to a cluster's configuration. */
    static LearnerCounters register(Configuration configuration) {
        LearnerCounters counters = new LearnerCounters();
        String id = UUID.randomUUID().toString();
        WAITING.put(id, counters);
        configuration.setString(PREFIX + "factory.class", LearnerCountersFactory.class.getName());
        configuration.setString(PREFIX + ID, id);
        return counters;
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        LearnerCounters counters = WAITING.remove(properties.getProperty(ID, ""));
        return counters == null ? new LearnerCounters() : counters;
    }
}
