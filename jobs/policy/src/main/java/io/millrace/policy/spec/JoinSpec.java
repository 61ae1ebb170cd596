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

    public enum Completion {
        /** At the first reward, once the trajectory's last step is there. */
        FIRST_REWARD,
        /** At a reward marked last, or a step marked last once a reward is there. */
        LAST_MARK,
        /** When the window closes. */
        WINDOW
    }

    public record Metric(Aggregation aggregation, double weight) {}

    public enum Aggregation {
        SUM,
        MEAN,
        FIRST,
        LAST,
        MIN,
        MAX
    }
}
