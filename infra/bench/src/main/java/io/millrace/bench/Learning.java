package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;
import java.util.SplittableRandom;

/** A policy in the middle of its learning, with prompts to answer: θ is random, so that no distribution is uniform. */
final class Learning {

    private final PolicyDefinition definition;
    private final Policy policy;
    private final List<Context> contexts;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Parameters theta;
    private final PolicyGradient estimator;
    private final GradientAccumulator gradient;
    private final Generated generated = new Generated();
    private final Scores scores = new Scores();

    Learning(PolicyDefinition definition, List<Prompt> prompts) {
        this.definition = definition;
        this.policy = Policies.create(definition);
        this.contexts = prompts.stream().map(policy::encode).toList();
        this.theta = new Parameters(Vectors.dense(policy.layout(), 0.5f, random), 1, 1);
        this.estimator = new PolicyGradient(policy, definition.estimator());
        this.gradient = new GradientAccumulator(policy.layout());
    }

    Policy policy() {
        return policy;
    }

    Context context(int prompt) {
        return contexts.get(prompt);
    }

    /** An answer to a prompt; valid until the next call. */
    Generated generate(int prompt) {
        generated.clear();
        policy.generate(theta, contexts.get(prompt), Sampling.AS_LEARNED, random, generated);
        return generated;
    }

    /** A batch of the policy's size over the prompts in turn, with advantages from −1 to 1. */
    Batch batch() {
        Batch batch = new Batch();
        for (int i = 0; i < definition.batch().trajectories(); i++) {
            int prompt = i % contexts.size();
            Generated answer = generate(prompt);
            Decision decision = new Decision(contexts.get(prompt), answer.copyActions(), answer.copyLogProbs());
            batch.add(Trajectory.of(decision), random.nextDouble(-1, 1));
        }
        return batch;
    }

    /** Log-probs under θ of what was decided in a batch; valid until the next call. */
    Scores score(Batch batch) {
        scores.clear();
        policy.score(theta, batch, scores);
        return scores;
    }

    /** The summed gradient of a batch, handed over as a worker does. */
    SparseRows gradient(Batch batch, BatchStatistics statistics) {
        estimator.accumulate(theta, batch, gradient, statistics);
        return gradient.drain();
    }
}
