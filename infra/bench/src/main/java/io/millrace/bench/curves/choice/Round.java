package io.millrace.bench.curves.choice;

import io.millrace.policy.Prompt;

/**
 * One round of a bandit that was made from a supervised problem: every reward is known, and a player sees the chosen one's.
 *
 * @param rewards of each candidate, as long as the prompt's options; in [0, 1]
 */
record Round(Prompt.Choice prompt, double[] rewards) {

    Round {
        if (rewards.length != prompt.options().size()) {
            throw new IllegalArgumentException("round: expected as many rewards as options ("
                    + prompt.options().size() + "), found " + rewards.length);
        }
    }
}
