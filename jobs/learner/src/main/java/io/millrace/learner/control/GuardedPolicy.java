package io.millrace.learner.control;

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
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A policy whose every failure is an {@link InvalidInputException}. A kind is anybody's code: one that throws something else,
 * or does not link, must cost the record or the specification that it fails on, and not the job. What says something of the
 * process itself passes: a lack of memory, an interrupt.
 */
final class GuardedPolicy implements Policy {

    private final String kind;
    private final Policy policy;
    private final ParameterLayout layout;

    private GuardedPolicy(String kind, Policy policy, ParameterLayout layout) {
        this.kind = kind;
        this.policy = policy;
        this.layout = layout;
    }

    /** @throws InvalidInputException when the policy cannot tell its layout */
    static Policy of(String kind, Policy policy) {
        return new GuardedPolicy(kind, policy, guarded(kind, policy::layout));
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public void initialize(float[] theta, long seed) {
        run(() -> policy.initialize(theta, seed));
    }

    @Override
    public Context encode(Prompt prompt) {
        return guarded(kind, () -> policy.encode(prompt));
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        return guarded(kind, () -> policy.render(context, actions, length));
    }

    @Override
    public int[] actions(Context context, List<String> output) {
        return guarded(kind, () -> policy.actions(context, output));
    }

    @Override
    public OptionalDouble uniformLogProb(Decision decision) {
        return guarded(kind, () -> policy.uniformLogProb(decision));
    }

    @Override
    public void validate(Decision decision) {
        run(() -> policy.validate(decision));
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        run(() -> policy.generate(theta, context, sampling, random, out));
    }

    @Override
    public void generateGroups(
            Parameters theta, List<Context> contexts, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        run(() -> policy.generateGroups(theta, contexts, sampling, random, outs));
    }

    @Override
    public boolean hasValueHead() {
        return guarded(kind, policy::hasValueHead);
    }

    @Override
    public boolean hasRewardModel() {
        return guarded(kind, policy::hasRewardModel);
    }

    @Override
    public boolean choosesByRewardModel() {
        return guarded(kind, policy::choosesByRewardModel);
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        run(() -> policy.score(theta, batch, out));
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        run(() -> policy.gradient(theta, batch, weighting, out));
    }

    @Override
    public Policy fork() {
        return new GuardedPolicy(kind, guarded(kind, policy::fork), layout);
    }

    private void run(Runnable call) {
        guarded(kind, () -> {
            call.run();
            return true;
        });
    }

    private static <T> T guarded(String kind, Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // the task is being cancelled
            }
            var failure = new InvalidInputException("kind '" + kind + "': expected an answer, found " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
