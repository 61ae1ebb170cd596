package io.millrace.neural.mlp;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.softmax.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward network from a state s, a dense vector, to one of a few actions a and to the state's value:
 *
 * <pre>
 * y_0 = s,  y_l = f(y_{l−1} W_l + b_l)        π_θ(a | s) = softmax_a (y W_π + b_π)        V_θ(s) = y W_V + b_V
 * </pre>
 *
 * <p>A last decision without an action is the state that its trajectory was cut off in, of which only V is asked.
 *
 * <p>One state is answered in plain loops on the heap, so serving loads no native library; batches go through products of
 * matrices. Both agree to rounding. A batch allocates some dozens of small objects for its native calls, whatever its size;
 * a single state none.
 */
final class MlpPolicy implements Policy {

    /** Bounds states, so that no input can make a sum infinite. */
    private static final float MAX_VALUE = 1e6f;

    private final MlpModel model;
    private final MlpLayout layout;
    private final SingleState single;
    private final float[] logits;
    private final Sampler sampler;
    private @Nullable MlpBatches batches;

    MlpPolicy(MlpModel model) {
        this.model = model;
        this.layout = new MlpLayout(model);
        this.single = new SingleState(model);
        this.logits = new float[model.actions().size()];
        this.sampler = new Sampler(model.actions().size());
    }

    @Override
    public ParameterLayout layout() {
        return layout.parameters();
    }

    @Override
    public void initialize(float[] theta, long seed) {
        layout.initialize(theta, seed);
    }

    @Override
    public Context encode(Prompt prompt) {
        if (!(prompt instanceof Prompt.Dense dense)) {
            throw new InvalidInputException("prompt: expected a dense vector, found "
                    + prompt.getClass().getSimpleName() + "; give the policy the " + model.inputs()
                    + " numbers of a state");
        }
        requireState(dense.values());
        return new Context.Dense(dense.values());
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        return Arrays.stream(actions, 0, length).mapToObj(model.actions()::get).toList();
    }

    @Override
    public int[] actions(Context context, List<String> output) {
        if (output.size() != 1) {
            throw new InvalidInputException("output: expected one action, found " + output.size());
        }
        int action = model.actions().indexOf(output.get(0));
        if (action < 0) {
            throw new InvalidInputException(
                    "output: expected one of the actions " + model.actions() + ", found '" + output.get(0) + "'");
        }
        return new int[] {action};
    }

    @Override
    public OptionalDouble uniformLogProb(Decision decision) {
        return OptionalDouble.of(
                -decision.actions().length * Math.log(model.actions().size()));
    }

    @Override
    public void validate(Decision decision) {
        requireState(Rows.state(decision.context()));
        if (decision.actions().length > 0) {
            decision.requireActions(1, model.actions().size());
        }
        decision.requireLogProbs();
    }

    private void requireState(float[] state) {
        if (state.length != model.inputs()) {
            throw new InvalidInputException("state: expected " + model.inputs() + " numbers, found " + state.length
                    + "; give as many as model.inputs says");
        }
        for (int i = 0; i < state.length; i++) {
            if (!(Math.abs(state[i]) <= MAX_VALUE)) {
                throw new InvalidInputException("state[" + i + "]: expected a number from -1e6 to 1e6, found "
                        + state[i] + "; scale to about 1");
            }
        }
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        Sampling.refuseRestriction(sampling, "mlp");
        out.clear();
        single.forward(theta.values(), Rows.state(context), layout.policyHidden(), layout.policyHead(), logits);
        int ignored = sampler.draw(logits, sampling, random, out);
    }

    @Override
    public boolean hasValueHead() {
        return true;
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        batches().score(theta.values(), batch, out);
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        if (batch.size() == 0) {
            return;
        }
        for (int row = 0; row < layout.parameters().rows(); row++) {
            out.touch(row);
        }
        batches().gradient(theta.values(), batch, weighting, out.values());
    }

    @Override
    public Policy fork() {
        return new MlpPolicy(model);
    }

    /** Made when first needed: it is what loads the native libraries. */
    private MlpBatches batches() {
        MlpBatches made = batches;
        if (made == null) {
            made = new MlpBatches(layout, model);
            batches = made;
        }
        return made;
    }
}
