package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.differentiate;
import static io.millrace.policy.gradient.ExactWorld.distance;
import static io.millrace.policy.gradient.ExactWorld.doubles;
import static io.millrace.policy.gradient.ExactWorld.logProb;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each estimator's gradient is the derivative of its paper's objective, written anew here and differentiated numerically. */
class SurrogateGradientTest {

    private static final String UNLIMITED = "unlimited";

    private final ExactWorld world = new ExactWorld(1, 2);
    private final double[] at = doubles(world.target);
    private final Batch batch = batch();

    @Test
    void reinforceWithTheWeightOfTheSequence() {
        check(Map.of("importance-clip", UNLIMITED), (theta, i) -> ratio(theta, i) * batch.advantage(i));
    }

    @Test
    void reinforceHoldsATruncatedWeightConstant() {
        check(
                Map.of("importance-clip", 1.5),
                (theta, i) -> Math.min(1.5, ratio(at, i)) * batch.advantage(i) * logRatio(theta, i));
    }

    @Test
    void reinforceWithTheWeightsOfTokens() {
        check(
                Map.of("importance-clip", UNLIMITED, "importance-level", "token"),
                (theta, i) -> sum(t -> Math.exp(logRatio(theta, i, t)) * batch.advantage(i)));
    }

    @Test
    void aMaskLeavesOutTheTokensThatAreOutOfBounds() {
        check(
                Map.of(
                        "importance-mode",
                        "mask",
                        "importance-clip",
                        1.5,
                        "importance-floor",
                        0.75,
                        "importance-level",
                        "token"),
                (theta, i) -> sum(t -> {
                    double ratio = Math.exp(logRatio(at, i, t));
                    return ratio < 0.75 || ratio > 1.5 ? 0 : Math.exp(logRatio(theta, i, t)) * batch.advantage(i);
                }));
    }

    @Test
    void monteCarloCreditsAnActionWithWhatCameAfterIt() {
        check(
                Map.of("importance-clip", 0, "returns", Map.of("kind", "monte-carlo", "discount", 0.9)),
                (theta, i) -> sum(t -> {
                    double[] rewards = batch.trajectory(i).rewards();
                    double total = rewards[0] + rewards[1] + rewards[2];
                    double toGo = 0;
                    for (int k = t; k < ExactWorld.STEPS; k++) {
                        toGo += Math.pow(0.9, k - t) * rewards[k];
                    }
                    return (toGo - (total - batch.advantage(i))) * logRatio(theta, i, t);
                }));
    }

    @Test
    void actorCriticWithValueLossAndEntropy() {
        check(
                Map.of(
                        "algorithm",
                        "actor-critic",
                        "baseline",
                        "critic",
                        "entropy",
                        0.05,
                        "importance-level",
                        "token",
                        "importance-clip",
                        1.25,
                        "returns",
                        Map.of("kind", "gae", "discount", 0.9, "lambda", 0.7, "value-coefficient", 0.3)),
                (theta, i) -> sum(t -> {
                    double a = generalizedAdvantage(i, t);
                    double error = a + value(at, i, t) - value(theta, i, t);
                    return Math.min(1.25, Math.exp(logRatio(at, i, t))) * a * logRatio(theta, i, t)
                            - 0.5 * 0.3 * error * error
                            + 0.05 * entropy(theta, state(i, t));
                }));
    }

    @Test
    void ppoWithSeparateBounds() {
        check(
                Map.of("algorithm", "ppo", "clip", Map.of("low", 0.1, "high", 0.4)),
                (theta, i) -> sum(t -> clipped(Math.exp(logRatio(theta, i, t)), batch.advantage(i), 0.1, 0.4)));
    }

    @Test
    void ppoWithADualClip() {
        check(
                Map.of("algorithm", "ppo", "clip", Map.of("dual", 1.3)),
                (theta, i) -> sum(t -> {
                    double a = batch.advantage(i);
                    double inner = clipped(Math.exp(logRatio(theta, i, t)), a, 0.2, 0.2);
                    return a < 0 ? Math.max(inner, 1.3 * a) : inner;
                }));
    }

    @Test
    void decoupledPpoWeighsWithTheProximalPolicyAndStaysNearIt() {
        check(
                Map.of(
                        "algorithm",
                        "ppo",
                        "importance-level",
                        "token",
                        "importance-clip",
                        1.2,
                        "clip",
                        Map.of("proximal", "interpolated", "proximal-lag", 2, "low", 0.1, "high", 0.1)),
                (theta, i) -> sum(t -> {
                    double alpha = Math.max(0, 1 - 2.0 / Math.max(1, batch.staleness(i)));
                    double proximal = alpha * logRatio(at, i, t);
                    double weight = Math.min(1.2, Math.exp(proximal));
                    return weight * clipped(Math.exp(logRatio(theta, i, t) - proximal), batch.advantage(i), 0.1, 0.1);
                }));
    }

    @Test
    void gspoWithTheSequenceRatioNormalisedByLength() {
        check(
                Map.of("algorithm", "gspo", "clip", Map.of("low", 0.1, "high", 0.15)),
                (theta, i) -> clipped(Math.exp(logRatio(theta, i) / ExactWorld.STEPS), batch.advantage(i), 0.1, 0.15));
    }

    @Test
    void cispoClipsTheWeightAndKeepsEveryToken() {
        check(
                Map.of("algorithm", "cispo", "clip", Map.of("low", 0.3, "high", 0.25)),
                (theta, i) -> sum(t -> Math.max(0.7, Math.min(1.25, Math.exp(logRatio(at, i, t))))
                        * batch.advantage(i)
                        * logRatio(theta, i, t)));
    }

    @Test
    void lengthNormalisationDividesByTheNumberOfActions() {
        check(
                Map.of("importance-clip", UNLIMITED, "length-normalization", true, "entropy", 0.1),
                (theta, i) -> (ratio(theta, i) * batch.advantage(i) + sum(t -> 0.1 * entropy(theta, state(i, t)))) / 3);
    }

    @Test
    void demonstrationsAreLearnedAsTheyStandByTheirWeight() {
        Batch demonstrated = new Batch();
        for (int[] actions : world.trajectories.subList(0, 5)) {
            demonstrated.add(world.trajectory(actions, Origin.DEMONSTRATED), 2);
        }
        var stats = new BatchStatistics();

        double[] gradient = world.gradient(
                EstimatorSpec.of(Map.of("algorithm", "ppo", "demonstrations", 0.5, "entropy", 3)), demonstrated, stats);

        double[] supervised = differentiate(
                theta -> {
                    double sum = 0;
                    for (int i = 0; i < 5; i++) {
                        sum += 2 * 0.5 * logRatio(theta, i);
                    }
                    return sum;
                },
                world.target);
        assertThat(distance(gradient, supervised)).isLessThan(1e-5);
        assertThat(stats.demonstrations).isEqualTo(5);
        assertThat(stats.generated()).isZero();
        assertThat(stats.advantageSum).isZero();
    }

    /** A trajectory's share of an objective. */
    private interface Term {
        double of(double[] theta, int trajectory);
    }

    /** A step's share of a term. */
    private interface Step {
        double at(int t);
    }

    private void check(Map<String, Object> estimator, Term term) {
        double[] gradient = world.gradient(EstimatorSpec.of(estimator), batch, new BatchStatistics());

        double[] expected = differentiate(
                theta -> {
                    double sum = 0;
                    for (int i = 0; i < batch.size(); i++) {
                        sum += term.of(theta, i);
                    }
                    return sum;
                },
                world.target);
        assertThat(ExactWorld.norm(expected)).isGreaterThan(0.1);
        assertThat(distance(gradient, expected)).isLessThan(1e-5);
    }

    private Batch batch() {
        var random = new SplittableRandom(9);
        var filled = new Batch();
        for (int i = 0; i < world.trajectories.size(); i++) {
            filled.add(world.trajectory(world.trajectories.get(i)), random.nextDouble(-1, 1), i % 6);
        }
        return filled;
    }

    private static double sum(Step step) {
        double sum = 0;
        for (int t = 0; t < ExactWorld.STEPS; t++) {
            sum += step.at(t);
        }
        return sum;
    }

    private static double clipped(double ratio, double advantage, double low, double high) {
        return Math.min(ratio * advantage, Math.max(1 - low, Math.min(1 + high, ratio)) * advantage);
    }

    private double ratio(double[] theta, int i) {
        return Math.exp(logRatio(theta, i));
    }

    private double logRatio(double[] theta, int i) {
        return sum(t -> logRatio(theta, i, t));
    }

    private double logRatio(double[] theta, int i, int t) {
        Decision decision = decisions(i).get(t);
        return logProb(theta, TabularPolicy.state(decision), decision.actions()[0]) - decision.logProbs()[0];
    }

    private List<Decision> decisions(int i) {
        return batch.trajectory(i).decisions();
    }

    private int state(int i, int t) {
        return TabularPolicy.state(decisions(i).get(t));
    }

    private double value(double[] theta, int i, int t) {
        return t == ExactWorld.STEPS ? 0 : theta[state(i, t) * ExactWorld.WIDTH + ExactWorld.ACTIONS];
    }

    private double generalizedAdvantage(int i, int t) {
        double sum = 0;
        for (int k = t; k < ExactWorld.STEPS; k++) {
            double surprise = batch.trajectory(i).rewards()[k] + 0.9 * value(at, i, k + 1) - value(at, i, k);
            sum += Math.pow(0.9 * 0.7, k - t) * surprise;
        }
        return sum;
    }

    private static double entropy(double[] theta, int state) {
        double sum = 0;
        for (int a = 0; a < ExactWorld.ACTIONS; a++) {
            double logProb = logProb(theta, state, a);
            sum -= Math.exp(logProb) * logProb;
        }
        return sum;
    }
}
