package io.millrace.bench.environments;

import java.util.random.RandomGenerator;

/** A Markov decision process with discrete actions, acted in one episode after another. One thread. */
public interface Environment {

    /** Numbers in an observation. */
    int observationSize();

    /** Actions are 0 to below this. */
    int actions();

    /** Steps after which an episode is cut off though it has not ended. */
    int timeLimit();

    /** Begins an episode, in a state drawn from {@code random}. */
    void reset(RandomGenerator random);

    /** What the state looks like: a new array. */
    float[] observation();

    /**
     * Acts; the reward.
     *
     * @throws IllegalArgumentException when there is no such action
     * @throws IllegalStateException when the episode has ended
     */
    double step(int action);

    /** Whether the state is terminal: nothing follows, and its value is 0. */
    boolean isTerminal();
}
