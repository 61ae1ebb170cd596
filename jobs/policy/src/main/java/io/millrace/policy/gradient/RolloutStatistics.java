package io.millrace.policy.gradient;

/** What a weighed rollout adds to the sums of its batch. */
final class RolloutStatistics {

    private RolloutStatistics() {}

    /** Advantages and weights: the trajectory counts with the mean of its actions; without any, it has weight 1. */
    static void add(Rollout rollout, BatchStatistics stats) {
        int length = rollout.length;
        if (length == 0) {
            add(rollout.advantage, rollout.advantage * rollout.advantage, 1, stats);
            return;
        }
        double advantages = 0;
        double squares = 0;
        double weights = 0;
        for (int t = 0; t < length; t++) {
            advantages += rollout.advantages[t];
            squares += rollout.advantages[t] * rollout.advantages[t];
            weights += rollout.importance[t];
        }
        add(advantages / length, squares / length, weights / length, stats);
        stats.clipped += (double) rollout.clipped / length;
        stats.masked += rollout.masked;
    }

    private static void add(double advantage, double square, double weight, BatchStatistics stats) {
        stats.advantageSum += advantage;
        stats.advantageSquaredSum += square;
        stats.weightSum += weight;
        stats.weightSquaredSum += weight * weight;
    }

    /** How far V is from its targets. */
    static void addValues(Rollout rollout, BatchStatistics stats) {
        stats.valued += rollout.length;
        for (int t = 0; t < rollout.length; t++) {
            double target = rollout.targets[t];
            double residual = target - rollout.values[t];
            stats.targetSum += target;
            stats.targetSquaredSum += target * target;
            stats.residualSum += residual;
            stats.residualSquaredSum += residual * residual;
        }
    }
}
