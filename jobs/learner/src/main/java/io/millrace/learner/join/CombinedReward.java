package io.millrace.learner.join;

import io.millrace.policy.spec.JoinSpec;
import io.millrace.policy.spec.JoinSpec.Metric;
import java.util.List;
import java.util.Map;

/** One number out of all rewards of a trajectory: per metric an aggregation, then a weighted sum, then clipping. */
final class CombinedReward {

    private CombinedReward() {}

    /** R(τ); metrics without a reward add nothing. Expects at least one reward. */
    static double of(List<StoredReward> rewards, JoinSpec join) {
        if (rewards.size() == 1) {
            StoredReward only = rewards.get(0);
            Metric metric = join.metrics().get(only.metric());
            return clip(metric == null ? 0 : metric.weight() * only.value(), join);
        }
        double sum = 0;
        for (Map.Entry<String, Metric> metric : join.metrics().entrySet()) {
            List<StoredReward> of = rewards.stream()
                    .filter(reward -> reward.metric().equals(metric.getKey()))
                    .toList();
            if (!of.isEmpty()) {
                sum += metric.getValue().weight() * aggregate(of, metric.getValue());
            }
        }
        return clip(sum, join);
    }

    private static double aggregate(List<StoredReward> rewards, Metric metric) {
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        StoredReward first = rewards.get(0);
        StoredReward last = first;
        for (StoredReward reward : rewards) {
            sum += reward.value();
            min = Math.min(min, reward.value());
            max = Math.max(max, reward.value());
            first = reward.observedAtMs() < first.observedAtMs() ? reward : first;
            last = reward.observedAtMs() >= last.observedAtMs() ? reward : last;
        }
        return switch (metric.aggregation()) {
            case SUM -> sum;
            case MEAN -> sum / rewards.size();
            case MIN -> min;
            case MAX -> max;
            case FIRST -> first.value();
            case LAST -> last.value();
        };
    }

    private static double clip(double reward, JoinSpec join) {
        return Math.max(join.clipMin(), Math.min(join.clipMax(), reward));
    }
}
