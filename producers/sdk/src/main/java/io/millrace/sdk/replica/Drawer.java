package io.millrace.sdk.replica;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.parameters.ParameterReader;
import io.millrace.policy.parameters.Parameters;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws outputs of one policy; belongs to one thread, and each draw overwrites the one before. */
public final class Drawer {

    private static final int[] NO_ACTIONS = {};
    private static final float[] NO_LOG_PROBS = {};

    private final Policy policy;
    private final ParameterReader parameters;
    private final RandomGenerator random;
    private final Generated generated = new Generated();
    private Context context = new Context.Tokens(new int[0]);
    private long epoch;
    private long version;

    Drawer(Policy policy, ParameterReader parameters, RandomGenerator random) {
        this.policy = policy;
        this.parameters = parameters;
        this.random = random;
    }

    /**
     * Draws an output from the parameters as they are now.
     *
     * @throws io.millrace.policy.InvalidInputException when the prompt does not fit the policy
     */
    public void draw(Prompt prompt, Sampling sampling) {
        context = policy.encode(prompt);
        generated.clear();
        Parameters theta = parameters.open();
        try {
            policy.generate(theta, context, sampling, random, generated);
            epoch = theta.epoch();
            version = theta.version();
        } finally {
            parameters.close();
        }
    }

    /**
     * The actions that make {@code output} of the prompt, which becomes the {@link #context}.
     *
     * @throws io.millrace.policy.InvalidInputException when the prompt does not fit the policy or it cannot make the output
     */
    public int[] actions(Prompt prompt, List<String> output) {
        context = policy.encode(prompt);
        int[] actions = policy.actions(context, output);
        policy.validate(new Decision(context, actions, new float[actions.length]));
        return actions;
    }

    /**
     * Takes the prompt, in which nobody acts, as the {@link #context}.
     *
     * @throws io.millrace.policy.InvalidInputException when the prompt does not fit the policy
     */
    public void look(Prompt prompt) {
        context = policy.encode(prompt);
        policy.validate(new Decision(context, NO_ACTIONS, NO_LOG_PROBS));
    }

    /** What was drawn, until the next draw. */
    public Generated generated() {
        return generated;
    }

    public Context context() {
        return context;
    }

    /** The output in the application's terms. */
    public List<String> rendered() {
        return policy.render(context, generated.copyActions(), generated.length());
    }

    /** Epoch of the parameters drawn from. */
    public long epoch() {
        return epoch;
    }

    /** Version of the parameters drawn from. */
    public long version() {
        return version;
    }
}
