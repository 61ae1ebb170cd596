package io.millrace.policy;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A family of distributions π_θ(output | context), with θ a flat vector whose layout the family declares.
 *
 * <p>An instance holds scratch space and belongs to one thread; {@link #fork()} gives another thread its own. No method
 * but {@link #encode} and {@link #render} allocates once its scratch space has grown to the size of the work.
 */
public interface Policy {

    /** Layout of θ. */
    ParameterLayout layout();

    /** Fills {@code theta}, of length {@code layout().size()}, with θ₀; equal seeds give equal bits. */
    void initialize(float[] theta, long seed);

    /**
     * Turns what an application gives into what the maths takes.
     *
     * @throws InvalidInputException when the prompt does not fit the policy: says what was expected, found, and how to
     *     mend it
     */
    Context encode(Prompt prompt);

    /** The output that {@code actions} stand for, in the application's terms. */
    List<String> render(Context context, int[] actions, int length);

    /**
     * The actions whose rendering is {@code output}: what {@link #render} undoes, for outputs that somebody demonstrates.
     *
     * @throws InvalidInputException when the policy cannot make that output in this context, or takes no demonstrations
     */
    default int[] actions(Context context, List<String> output) {
        throw new InvalidInputException(
                "output: expected none, since this kind of policy takes no demonstrations, found " + output);
    }

    /**
     * Log-probability of the decision's actions when all that could have been taken are alike; empty where the policy
     * cannot say. For the value of the uniform policy.
     */
    default OptionalDouble uniformLogProb(Decision decision) {
        return OptionalDouble.empty();
    }

    /**
     * Checks a decision that arrived from outside.
     *
     * @throws InvalidInputException when the context or the actions do not fit the policy, such as an action outside
     *     the vocabulary
     */
    void validate(Decision decision);

    /** Samples an output into {@code out}: actions, their log-probabilities under the distribution sampled from, entropy. */
    void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out);

    /**
     * Samples outputs of several contexts, as many of each: groups of one prompt. Each is drawn as {@link #generate} draws it,
     * independently of the others.
     *
     * @param outs as many outputs, or a multiple of that, as there are contexts; those of a context stand together, in the
     *     contexts' order
     */
    default void generateGroups(
            Parameters theta, List<Context> contexts, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        int each = outs.size() / contexts.size();
        for (int i = 0; i < outs.size(); i++) {
            generate(theta, contexts.get(i / each), sampling, random, outs.get(i));
        }
    }

    /** Whether {@link #score} and {@link #gradient} know a value V_θ(s) of states. */
    default boolean hasValueHead() {
        return false;
    }

    /** Whether {@link #gradient} knows an estimate q̂_θ(s, a) of the reward of every action that could be taken. */
    default boolean hasRewardModel() {
        return false;
    }

    /** Whether π_θ is a function of q̂_θ alone: whoever learns what to expect learns what to do. */
    default boolean choosesByRewardModel() {
        return false;
    }

    /** Scores recorded outputs into {@code out}: log π_θ of every action of the batch, entropy, value. */
    void score(Parameters theta, Batch batch, Scores out);

    /**
     * Adds Σ w_t ∇ log π_θ(a_t | s_t) + β Σ ∇H(π_θ(· | s_t)) + Σ u_t ∇V_θ(s_t) over the batch to {@code out};
     * with a reward model also Σ d_t Σ_a ∇π_θ(a | s_t) q̂(s_t, a), where q̂ counts as a constant, and Σ v_t ∇q̂_θ(s_t, a_t).
     *
     * <p>The forward pass of each trajectory comes first; then {@code weighting} sees the scores of its actions and answers
     * with their weights w, u, d and v; then the backward pass. So importance weights cost no second forward pass.
     */
    void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out);

    /** The same policy with scratch space of its own. */
    Policy fork();
}
