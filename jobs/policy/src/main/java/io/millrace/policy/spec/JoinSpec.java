package io.millrace.policy.spec;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How outputs meet their rewards.
 *
 * @param rewardWindow how long after the last step a reward still counts
 * @param earlyReward how long a reward waits for its generation
 * @param defaultReward reward of a trajectory whose window closed without one; empty: skip it
 * @param metrics by name of the metric; a reward of another name is invalid
 * @param clipMin lower bound of the combined reward
 * @param clipMax upper bound of the combined reward
 */
public record JoinSpec(
        Completion completion,
        Duration rewardWindow,
        Duration earlyReward,
        OptionalDouble defaultReward,
        Map<String, Metric> metrics,
        double clipMin,
        double clipMax) {

    public JoinSpec {
        PolicyKeys.REWARD_WINDOW.require(rewardWindow);
        PolicyKeys.EARLY_REWARD.require(earlyReward);
        PolicyKeys.DEFAULT_REWARD.require(defaultReward);
        PolicyKeys.CLIP.require(new Range(clipMin, clipMax));
        metrics = Map.copyOf(metrics);
        metrics.keySet().forEach(PolicyKeys.METRIC_NAME::require);
        if (metrics.isEmpty()) {
            throw PolicySpecException.of("join.metrics", "at least one metric", "none", "name one, such as score");
        }
    }

    /** When a trajectory's reward is settled. */
    public enum Completion {
        /** At the first reward, once the trajectory's last step is there. */
        FIRST_REWARD,
        /** At a reward marked last, or a step marked last once a reward is there. */
        LAST_MARK,
        /** When the window closes. */
        WINDOW
    }

    /** A reward's metric: how several become one number, and what that weighs in the trajectory's reward. */
    public record Metric(Aggregation aggregation, double weight) {
        public Metric {
            PolicyKeys.METRIC_WEIGHT.require(weight);
        }
    }

    /** How several rewards of one metric become one number. */
    public enum Aggregation {
        SUM,
        MEAN,
        FIRST,
        LAST,
        MIN,
        MAX
    }
}
