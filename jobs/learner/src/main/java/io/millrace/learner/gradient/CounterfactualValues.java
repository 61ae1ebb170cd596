package io.millrace.learner.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.ScoreListener;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.value.RobustReward;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Weighs a batch's rewards by what other policies would have done: the current one, the uniform one, the reference. Costs no
 * forward pass of its own.
 *
 * <p>A policy with a reward model q̂ or a critic V makes the estimates doubly robust. q̂ is learned from R − b, so b is added
 * to it; where b knows of R, or R − b was divided by something, q̂ says nothing of R and there is no such estimate.
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
    private final boolean modelled;
    private final RobustReward ofCurrent = new RobustReward();
    private final RobustReward ofUniform = new RobustReward();
    private final RobustReward ofReference = new RobustReward();

    CounterfactualValues(Policy policy, BaselineSpec baseline, Batch batch, BatchTotals totals) {
        this.policy = policy;
        this.batch = batch;
        this.totals = totals;
        this.modelled = policy.hasRewardModel() && leavesRewardsComparable(baseline);
    }

    /** Whether an advantage is R − b, and b the same whatever R is. */
    private static boolean leavesRewardsComparable(BaselineSpec baseline) {
        return !baseline.normalizeAdvantage()
                && switch (baseline.kind()) {
                    case NONE, MEAN, EMA, LEAVE_ONE_OUT, CRITIC -> true;
                    case INCLUSIVE_MEAN, GROUP_CENTERED, GROUP_NORMALIZED -> false;
                };
    }

    @Override
    public void scored(int index, ActionScores scores, double logRatio) {
        Trajectory trajectory = batch.trajectory(index);
        double reward = 0;
        for (double each : trajectory.rewards()) {
            reward += each;
        }
        if (modelled && scores.length() > 0) {
            addModelled(index, trajectory.decisions(), reward, scores);
            return;
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

    /** By the reward model that each policy's own parameters hold; of all actions alike, by the current one's. */
    private void addModelled(int index, List<Decision> decisions, double reward, ActionScores scores) {
        double baseline = reward - batch.advantage(index);
        take(decisions, scores);
        addModelled(CURRENT, ofCurrent, reward, baseline);
        addModelled(UNIFORM, ofUniform, reward, baseline);
        if (batch.hasReference()) {
            take(decisions, batch.reference(), batch.firstAction(index));
            addModelled(REFERENCE, ofReference, reward, baseline);
        }
    }

    private void take(List<Decision> decisions, ActionScores scores) {
        ofCurrent.clear();
        ofUniform.clear();
        int at = 0;
        for (int d = 0; d < decisions.size(); d++) {
            float[] behaviour = decisions.get(d).logProbs();
            for (int i = 0; i < behaviour.length; i++, at++) {
                // The places of a list are sure to follow; whether a further decision does may depend on the actions.
                int following = behaviour.length - 1 - i;
                double taken = scores.actionValue(at);
                ofCurrent.take(
                        (double) scores.logProb(at) - behaviour[i], taken, scores.expectedActionValue(at), following);
                ofUniform.take(
                        (double) scores.uniformLogProb(at) - behaviour[i],
                        taken,
                        scores.uniformActionValue(at),
                        following);
            }
        }
    }

    private void take(List<Decision> decisions, Scores reference, int first) {
        ofReference.clear();
        int at = first;
        for (int d = 0; d < decisions.size(); d++) {
            float[] behaviour = decisions.get(d).logProbs();
            for (int i = 0; i < behaviour.length; i++, at++) {
                ofReference.take(
                        (double) reference.logProb(at) - behaviour[i],
                        reference.actionValue(at),
                        reference.expectedActionValue(at),
                        behaviour.length - 1 - i);
            }
        }
    }

    private void addModelled(String target, RobustReward robust, double reward, double baseline) {
        totals.valuesOf(target).add(robust.weight(), reward, robust.of(reward, baseline));
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
