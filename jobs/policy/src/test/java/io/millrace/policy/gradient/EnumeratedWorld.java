package io.millrace.policy.gradient;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A target policy π_θ, a behaviour policy μ and a reward for every trajectory: expectations are sums over all there is. */
final class EnumeratedWorld {

    /** Sums over all trajectories τ, each weighed by μ(τ). */
    record Expectation(
            double[] gradient,
            double variance,
            double weightedReward,
            double kl,
            double greatestWeight,
            double clipped) {}

    static final double UNTRUNCATED = Double.POSITIVE_INFINITY;

    private final ExactPolicy exact;
    private final Policy policy;
    private final float[] target;
    private final float[] behaviour;
    private final List<List<int[]>> trajectories;
    private final double[] rewards;

    EnumeratedWorld(ExactPolicy exact, long targetSeed, long behaviourSeed) {
        this(exact, targetSeed, behaviourSeed, 0);
    }

    EnumeratedWorld(ExactPolicy exact, long targetSeed, long behaviourSeed, double leastReward) {
        this.exact = exact;
        this.policy = exact.policy();
        this.target = randomVector(policy.layout().size(), new SplittableRandom(targetSeed));
        this.behaviour = randomVector(policy.layout().size(), new SplittableRandom(behaviourSeed));
        this.trajectories = exact.trajectories();
        var random = new SplittableRandom(5);
        this.rewards = trajectories.stream()
                .mapToDouble(t -> leastReward + random.nextDouble())
                .toArray();
    }

    ExactPolicy exact() {
        return exact;
    }

    Policy policy() {
        return policy;
    }

    Parameters target() {
        return parameters(target);
    }

    /** The running average after some earlier rewards: any number that does not depend on the trajectory will do. */
    double baseline(BaselineSpec.Kind kind) {
        var spec = new BaselineSpec(kind, 0.3, 2, false);
        RunningAverage average = RunningAverage.EMPTY;
        for (double reward : rewards) {
            average = average.plus(reward, spec);
        }
        return average.mean();
    }

    Expectation expectation(double baseline, double importanceClip) {
        double[] gradient = new double[target.length];
        double squares = 0;
        double weightedReward = 0;
        double kl = 0;
        double greatest = 0;
        double clipped = 0;
        for (int t = 0; t < trajectories.size(); t++) {
            double mu = Math.exp(logProb(behaviour, t));
            var out = new GradientAccumulator(policy.layout());
            BatchStatistics stats = accumulate(t, t + 1, baseline, importanceClip, out);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += mu * out.values()[i];
            }
            squares += mu * out.toSparseRows().squaredNorm();
            weightedReward += mu * stats.weightSum * rewards[t];
            kl += mu * stats.klSum;
            greatest = Math.max(greatest, stats.weightSum);
            clipped += stats.clipped;
        }
        double norm = norm(gradient);
        return new Expectation(gradient, squares - norm * norm, weightedReward, kl, greatest, clipped);
    }

    BatchStatistics statistics(int from, int to) {
        return accumulate(from, to, 0, 1.25, new GradientAccumulator(policy.layout()));
    }

    private BatchStatistics accumulate(
            int from, int to, double baseline, double importanceClip, GradientAccumulator out) {
        var batch = new Batch();
        for (int t = from; t < to; t++) {
            batch.add(recorded(trajectories.get(t)), rewards[t] - baseline);
        }
        var stats = new BatchStatistics();
        new PolicyGradient(policy, estimator(importanceClip)).accumulate(target(), batch, out, stats);
        return stats;
    }

    private Trajectory recorded(List<int[]> actions) {
        List<Decision> decisions = new ArrayList<>();
        for (int d = 0; d < actions.size(); d++) {
            double[] exactly = logProbs(behaviour, d, actions, 0, new double[target.length]);
            float[] recorded = new float[exactly.length];
            for (int i = 0; i < recorded.length; i++) {
                recorded[i] = (float) exactly[i];
            }
            decisions.add(new Decision(exact.contexts().get(d), actions.get(d), recorded));
        }
        return new Trajectory(decisions);
    }

    /** ∇U(θ) = Σ_τ π_θ(τ) R(τ) ∇ log π_θ(τ), all in doubles. */
    double[] exactGradient() {
        double[] gradient = new double[target.length];
        for (int t = 0; t < trajectories.size(); t++) {
            double scale = Math.exp(logProb(target, t)) * rewards[t];
            for (int d = 0; d < exact.contexts().size(); d++) {
                logProbs(target, d, trajectories.get(t), scale, gradient);
            }
        }
        return gradient;
    }

    double expectedReward() {
        double sum = 0;
        for (int t = 0; t < trajectories.size(); t++) {
            sum += Math.exp(logProb(target, t)) * rewards[t];
        }
        return sum;
    }

    double exactKl() {
        double sum = 0;
        for (int t = 0; t < trajectories.size(); t++) {
            sum += Math.exp(logProb(behaviour, t)) * (logProb(behaviour, t) - logProb(target, t));
        }
        return sum;
    }

    long ratiosAbove(double bound) {
        long count = 0;
        for (int t = 0; t < trajectories.size(); t++) {
            count += Math.exp(logProb(target, t) - logProb(behaviour, t)) > bound ? 1 : 0;
        }
        return count;
    }

    private double logProb(float[] theta, int trajectory) {
        double sum = 0;
        for (int d = 0; d < exact.contexts().size(); d++) {
            for (double logProb : logProbs(theta, d, trajectories.get(trajectory), 0, new double[theta.length])) {
                sum += logProb;
            }
        }
        return sum;
    }

    private double[] logProbs(float[] theta, int d, List<int[]> actions, double scale, double[] gradient) {
        return exact.logProbs(theta, exact.contexts().get(d), actions.get(d), scale, gradient);
    }

    static EstimatorSpec estimator(double importanceClip) {
        return EstimatorSpec.of(
                Map.of("importance-clip", importanceClip == UNTRUNCATED ? "unlimited" : (Object) importanceClip));
    }

    static double norm(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
