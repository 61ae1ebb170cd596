package io.millrace.learner.join;

import io.millrace.policy.spec.JoinSpec;
import io.millrace.policy.spec.JoinSpec.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One number a step out of all rewards of a trajectory: per metric an aggregation, then a weighted sum, then clipping.
 *
 * <p>R(τ) is the sum over the steps. A reward of the whole trajectory counts as one of its last step, so of a trajectory of
 * one step there is nothing to tell apart.
 */
final class CombinedReward {

    private CombinedReward() {}

    /**
     * r_d of every step; 0 of one without a reward. Metrics without a reward add nothing.
     *
     * @param rewards at least one, all of them of the trajectory's steps or of the whole
     */
    static double[] perStep(List<StoredReward> rewards, int steps, JoinSpec join) {
        double[] combined = new double[steps];
        if (rewards.size() == 1) {
            combined[stepOf(rewards.get(0), steps)] = of(rewards, join);
            return combined;
        }
        List<List<StoredReward>> byStep = new ArrayList<>(steps);
        for (int step = 0; step < steps; step++) {
            byStep.add(new ArrayList<>(1));
        }
        for (StoredReward reward : rewards) {
            byStep.get(stepOf(reward, steps)).add(reward);
        }
        for (int step = 0; step < steps; step++) {
            if (!byStep.get(step).isEmpty()) {
                combined[step] = of(byStep.get(step), join);
            }
        }
        return combined;
    }

    private static int stepOf(StoredReward reward, int steps) {
        return reward.isOfWhole() ? steps - 1 : reward.step();
    }

    /** Of the rewards of one step. */
    private static double of(List<StoredReward> rewards, JoinSpec join) {
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
