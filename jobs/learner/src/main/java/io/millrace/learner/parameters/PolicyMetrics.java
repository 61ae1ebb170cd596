package io.millrace.learner.parameters;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/** What Flink's reporters show of one policy at the server. Counters start anew with the task. */
final class PolicyMetrics {

    /** The newest times that a link's quantiles are of. */
    private static final int WINDOW = 1_024;

    final Counter steps;
    final Counter guardTrips;
    final Counter rewardDrops;
    private final Counter updatesPublished;
    private final Counter trajectoriesPublished;
    private final Histogram observedToAppended;
    private final Histogram appendedToJoined;
    private final Histogram joinedToPublished;

    PolicyMetrics(MetricGroup operator, PolicyLearner learner, StalenessPace pace) {
        MetricGroup group =
                operator.addGroup("millrace").addGroup("policy", learner.known().name());
        steps = group.counter("steps");
        updatesPublished = group.counter("updatesPublished");
        trajectoriesPublished = group.counter("trajectoriesPublished");
        guardTrips = group.counter("guardTrips");
        rewardDrops = group.counter("rewardDrops");
        group.gauge("stalenessHoldMillis", pace::intervalMs);
        group.gauge("epoch", () -> learner.lineage().epoch());
        group.gauge("version", () -> learner.lineage().version());
        group.gauge("trajectoriesLearned", () -> learner.lineage().trajectoriesTotal());
        observedToAppended = lag(group, "observedToAppended");
        appendedToJoined = lag(group, "appendedToJoined");
        joinedToPublished = lag(group, "joinedToPublished");
    }

    private static Histogram lag(MetricGroup group, String link) {
        return group.addGroup("link", link).histogram("lagMillis", new DescriptiveStatisticsHistogram(WINDOW));
    }

    /** Counts an update, which may be several records. */
    void published(List<ParameterUpdate> records) {
        updatesPublished.inc();
        for (ParameterUpdate update : records) {
            LearningStats stats = update.getStats();
            if (stats != null && update.getChunk() == 0) {
                trajectoriesPublished.inc(stats.getTrajectories());
                add(observedToAppended, stats.getObservedToAppended());
                add(appendedToJoined, stats.getAppendedToJoined());
                add(joinedToPublished, stats.getJoinedToPublished());
            }
        }
    }

    private static void add(Histogram link, @Nullable ByteBuffer encoded) {
        if (encoded == null) {
            return;
        }
        for (HistogramIterationValue value : org.HdrHistogram.Histogram.decodeFromByteBuffer(encoded.duplicate(), 0)
                .recordedValues()) {
            long count = Math.min(WINDOW, value.getCountAddedInThisIterationStep());
            for (long i = 0; i < count; i++) {
                link.update(value.getValueIteratedTo());
            }
        }
    }
}
