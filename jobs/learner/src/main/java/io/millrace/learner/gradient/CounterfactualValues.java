package io.millrace.learner.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.ScoreListener;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Weighs a batch's rewards by what other policies would have done: the current one, the uniform one, the reference. Costs no
 * forward pass of its own.
 */
final class CounterfactualValues implements ScoreListener {

    /** The policy, as it is when it learns from a trajectory. */
    static final String CURRENT = "current";
    /** All actions alike. */
    static final String UNIFORM = "uniform";
    /** The one that the policy's file names. */
    static final String REFERENCE = "reference";

    /** Bound of a log-weight before it is exponentiated: its square stays finite. */
    private static final double MAX_LOG_WEIGHT = 60;

    private final Policy policy;
    private final Batch batch;
    private final BatchTotals totals;

    CounterfactualValues(Policy policy, Batch batch, BatchTotals totals) {
        this.policy = policy;
        this.batch = batch;
        this.totals = totals;
    }

    @Override
    public void scored(int index, ActionScores scores, double logRatio) {
        Trajectory trajectory = batch.trajectory(index);
        double reward = 0;
        for (double each : trajectory.rewards()) {
            reward += each;
        }
        add(CURRENT, logRatio, reward, scores);
        double behaviour = logBehaviour(trajectory);
        OptionalDouble uniform = logUniform(trajectory.decisions());
        if (uniform.isPresent()) {
            add(UNIFORM, uniform.getAsDouble() - behaviour, reward, scores);
        }
        if (batch.hasReference()) {
            add(REFERENCE, logReference(index, scores.length()) - behaviour, reward, scores);
        }
    }

    private void add(String target, double logWeight, double reward, ActionScores scores) {
        double weight = Math.exp(Math.min(logWeight, MAX_LOG_WEIGHT));
        if (policy.hasValueHead() && scores.length() > 0) {
            totals.valuesOf(target).add(weight, reward, scores.value(0), scores.value(0));
        } else {
            totals.valuesOf(target).add(weight, reward);
        }
    }

    private static double logBehaviour(Trajectory trajectory) {
        double sum = 0;
        for (Decision decision : trajectory.decisions()) {
            for (float logProb : decision.logProbs()) {
                sum += logProb;
            }
        }
        return sum;
    }

    private OptionalDouble logUniform(List<Decision> decisions) {
        double sum = 0;
        for (Decision decision : decisions) {
            OptionalDouble each = policy.uniformLogProb(decision);
            if (each.isEmpty()) {
                return each;
            }
            sum += each.getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    private double logReference(int index, int actions) {
        int first = batch.firstAction(index);
        double sum = 0;
        for (int action = first; action < first + actions; action++) {
            sum += batch.referenceLogProb(action);
        }
        return sum;
    }
}
