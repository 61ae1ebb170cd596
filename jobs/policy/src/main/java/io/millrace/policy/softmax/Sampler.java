package io.millrace.policy.softmax;

import io.millrace.policy.Generated;
import io.millrace.policy.Sampling;
import java.util.random.RandomGenerator;

/** Draws an action from the softmax of logits in any of the ways of {@link Sampling}. Allocates nothing; one thread. */
public final class Sampler {

    private final int actions;
    private final float[] exponentials;
    private final Truncation truncation;

    public Sampler(int actions) {
        this.actions = actions;
        this.exponentials = new float[actions];
        this.truncation = new Truncation(actions);
    }

    /**
     * Draws an action and appends it to {@code out}, with its log-probability under, and the entropy of, the distribution
     * drawn from; of a greedy draw the policy's own entropy.
     *
     * @param logits of all actions; changed
     */
    public int draw(float[] logits, Sampling sampling, RandomGenerator random, Generated out) {
        float z = distribution(logits, sampling);
        boolean greedy = sampling instanceof Sampling.Greedy;
        int action = greedy
                ? Softmax.greatest(logits, 0, actions)
                : Softmax.sample(exponentials, 0, actions, z, random.nextDouble());
        out.append(action, greedy ? 0 : Softmax.logProb(logits[action], z));
        out.addEntropy(Softmax.entropy(logits, actions, exponentials, 0, z));
        return action;
    }

    private float distribution(float[] logits, Sampling sampling) {
        if (!(sampling instanceof Sampling.Stochastic stochastic)) {
            return Softmax.exponentials(logits, actions, exponentials, 0);
        }
        if (stochastic.temperature() != 1) {
            Softmax.scale(logits, actions, (float) (1 / stochastic.temperature()));
        }
        float z = Softmax.exponentials(logits, actions, exponentials, 0);
        return truncation.restrict(exponentials, 0, actions, z, stochastic.topK(), stochastic.topP());
    }
}
