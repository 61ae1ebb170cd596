package io.millrace.bench.learner;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Sampling;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.Passes;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A policy that learns in memory: the classes of the pipeline's gradient worker and parameter server, one after the other,
 * with no lag and no quantisation between them; of the guards it has the bound of the gradient. One thread.
 */
public final class MemoryLearner {

    private final PolicyDefinition definition;
    private final Policy policy;
    private final PolicyGradient estimator;
    private final Passes passes = new Passes();
    private final Optimizer optimizer;
    private final GradientAccumulator gradient;
    private final GradientAccumulator pending;
    private final float[][] moments;
    private final Parameters theta;
    private final Generated generated = new Generated();
    private final List<Generated> outputs = new ArrayList<>();
    private final BatchStatistics statistics = new BatchStatistics();
    private long steps;

    /** Begins from the definition's θ₀. */
    public MemoryLearner(PolicyDefinition definition) {
        this(definition, Policies.create(definition));
        policy.initialize(theta.values(), definition.seed());
    }

    /** Goes on from what another learned of the same model, with its moments, as the pipeline does with a changed file. */
    public MemoryLearner(PolicyDefinition definition, MemoryLearner learned) {
        this(definition, Policies.create(definition));
        float[] from = learned.theta.values();
        if (!policy.layout().equals(learned.policy.layout())) {
            throw new IllegalArgumentException("θ: expected the layout of '" + definition.policy()
                    + "', found that of '" + learned.definition.policy() + "'");
        }
        if (moments.length != learned.moments.length) {
            throw new IllegalArgumentException("optimizer: expected one with " + learned.moments.length
                    + " moments, as before, found " + moments.length);
        }
        System.arraycopy(from, 0, theta.values(), 0, from.length);
        for (int i = 0; i < moments.length; i++) {
            System.arraycopy(learned.moments[i], 0, moments[i], 0, from.length);
        }
        steps = learned.steps;
    }

    private MemoryLearner(PolicyDefinition definition, Policy policy) {
        this.definition = definition;
        this.policy = policy;
        ParameterLayout layout = policy.layout();
        this.estimator = new PolicyGradient(policy, definition.estimator());
        this.optimizer = Optimizer.of(definition.optimizer(), layout);
        this.gradient = new GradientAccumulator(layout);
        this.pending = new GradientAccumulator(layout);
        this.moments = new float[optimizer.moments()][layout.size()];
        this.theta = new Parameters(new float[layout.size()], 1, 1);
    }

    public PolicyDefinition definition() {
        return definition;
    }

    public Policy policy() {
        return policy;
    }

    /** θ as it is now; follows what is learned. */
    public Parameters theta() {
        return theta;
    }

    /** A decision drawn from π_θ. */
    public Decision decide(Context context, RandomGenerator random) {
        generated.clear();
        policy.generate(theta, context, Sampling.AS_LEARNED, random, generated);
        return new Decision(context, generated.copyActions(), generated.copyLogProbs());
    }

    /** Decisions drawn from π_θ: of each context a group of them. */
    public List<List<Decision>> decide(List<Context> contexts, int group, RandomGenerator random) {
        int wanted = contexts.size() * group;
        while (outputs.size() < wanted) {
            outputs.add(new Generated());
        }
        policy.generateGroups(theta, contexts, Sampling.AS_LEARNED, random, outputs.subList(0, wanted));
        List<List<Decision>> groups = new ArrayList<>();
        for (int i = 0; i < contexts.size(); i++) {
            Context context = contexts.get(i);
            groups.add(outputs.subList(i * group, (i + 1) * group).stream()
                    .map(out -> new Decision(context, out.copyActions(), out.copyLogProbs()))
                    .toList());
        }
        return groups;
    }

    /** An optimizer step along the mean gradient of the batch, for each of the passes that the definition asks for. */
    public void learn(Batch batch) {
        learn(List.of(batch));
    }

    /** The same for several micro-batches: pass by pass a step along each of them, in turn. */
    public void learn(List<Batch> batches) {
        for (Batch batch : batches) {
            pass(batch);
            passes.add(batch, definition.estimator().passes() - 1);
        }
        while (!passes.isEmpty()) {
            passes.each(this::pass);
        }
    }

    private void pass(Batch batch) {
        estimator.accumulate(theta, batch, gradient, statistics);
        SparseRows sum = gradient.drain();
        double meanNorm = Math.sqrt(sum.squaredNorm()) / batch.size();
        step(sum, (float) (definition.guards().scaleOf(meanNorm) / batch.size()));
    }

    /** What the batches since the last {@link BatchStatistics#clear} were like. */
    public BatchStatistics statistics() {
        return statistics;
    }

    private void step(SparseRows sum, float scale) {
        optimizer.step(sum, scale, moments, ++steps, pending);
        int width = pending.layout().rowWidth();
        for (int i = 0; i < pending.touchedRows(); i++) {
            int from = pending.touchedRow(i) * width;
            for (int j = from; j < from + width; j++) {
                theta.values()[j] += pending.values()[j];
            }
        }
        pending.clear();
    }
}
