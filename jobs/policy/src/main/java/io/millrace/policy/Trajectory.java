package io.millrace.policy;

import java.util.List;

/**
 * The decisions of one generation, in order of their steps; at least one.
 *
 * <p>A last decision without actions is the state in which the trajectory was cut off, by a time limit say: with a critic,
 * its value stands for the rewards that would have followed.
 *
 * @param rewards r_d that came after each decision; as long as {@code decisions}. Their sum is R(τ). Zeros where only a
 *     reward for the whole trajectory is known and the estimator gets it as an advantage
 * @param origin who made the decisions
 */
public record Trajectory(List<Decision> decisions, double[] rewards, Origin origin) {

    /** Greatest magnitude of a reward: its square, and sums of many, are finite, so no single one can spoil a running average. */
    public static final double GREATEST_REWARD = 1e30;

    /** Most that one demonstration may count: a single one must not drown the batch that it comes in. */
    public static final float GREATEST_WEIGHT = 1_000;

    /** Who made a trajectory's decisions. */
    public enum Origin {
        /** The policy itself: log-probs are its own. */
        GENERATED,
        /** Somebody who knew what is right, such as a user who corrected an output: there is no behaviour policy. */
        DEMONSTRATED
    }

    public Trajectory {
        decisions = List.copyOf(decisions);
        if (decisions.isEmpty()) {
            throw new InvalidInputException("trajectory: expected at least one decision, found none");
        }
        if (rewards.length != decisions.size()) {
            throw new InvalidInputException("trajectory: expected as many rewards as decisions (" + decisions.size()
                    + "), found " + rewards.length);
        }
    }

    /** Generated decisions whose rewards the estimator need not know. */
    public Trajectory(List<Decision> decisions) {
        this(decisions, new double[decisions.size()], Origin.GENERATED);
    }

    public static Trajectory of(Decision decision) {
        return new Trajectory(List.of(decision));
    }
}
