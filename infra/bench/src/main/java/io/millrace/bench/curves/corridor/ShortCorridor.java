package io.millrace.bench.curves.corridor;

/**
 * The short corridor with switched actions (Sutton and Barto 2018, example 13.1): three states in a row and a goal, −1 a
 * step. In the middle one the actions are switched, and the policy cannot tell the states apart, so the best policy is a
 * stochastic one: right with probability 2 − √2 ≈ 0.586, worth −11.66.
 */
final class ShortCorridor {

    static final double REWARD = -1;
    private static final int SWITCHED = 1;
    private static final int GOAL = 3;

    private int state;

    void reset() {
        state = 0;
    }

    void move(boolean right) {
        boolean forward = right != (state == SWITCHED);
        state = forward ? state + 1 : Math.max(0, state - 1);
    }

    boolean isAtGoal() {
        return state == GOAL;
    }

    int state() {
        return state;
    }

    /** Expected return of the policy that goes right with probability {@code p}, from Bellman's equations. */
    static double valueOf(double p) {
        return (2 * p - 4) / (p * (1 - p));
    }

    /** The return of the best policy. */
    static double optimum() {
        return valueOf(2 - Math.sqrt(2));
    }
}
