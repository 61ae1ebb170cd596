package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.distance;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.Batch;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Estimators that coincide: on trajectories of another policy, to 10⁻⁶. */
class EquivalenceTest {

    private static final Map<String, Object> WIDE = Map.of("low", 1, "high", "unlimited");

    private final ExactWorld world = new ExactWorld(3, 4);

    @Test
    void ppoWithoutBoundsIsImportanceWeightedReinforce() {
        assertSame(Map.of("algorithm", "ppo", "clip", WIDE), weighted("token"), 0);
    }

    @Test
    void decoupledPpoWithoutBoundsIsImportanceWeightedReinforce() {
        Map<String, Object> decoupled = Map.of(
                "algorithm", "ppo",
                "importance-level", "token",
                "importance-clip", "unlimited",
                "clip", Map.of("low", 1, "high", "unlimited", "proximal", "interpolated"));

        assertSame(decoupled, weighted("token"), 7);
    }

    @Test
    void decoupledPpoIsPpoWhileTheTrajectoryIsNoStalerThanTheProximalPolicy() {
        Map<String, Object> clip = Map.of("proximal", "interpolated", "proximal-lag", 3);

        assertSame(Map.of("algorithm", "ppo", "clip", clip), Map.of("algorithm", "ppo"), 3);
        assertThat(difference(Map.of("algorithm", "ppo", "clip", clip), Map.of("algorithm", "ppo"), 4))
                .isGreaterThan(1e-3);
    }

    @Test
    void cispoWithoutBoundsIsImportanceWeightedReinforce() {
        assertSame(Map.of("algorithm", "cispo", "clip", WIDE), weighted("token"), 0);
    }

    @Test
    void gspoWithoutBoundsIsReinforceByTheNormalisedSequence() {
        Map<String, Object> reinforce = Map.of(
                "importance-level", "sequence-mean", "importance-clip", "unlimited", "length-normalization", true);

        assertSame(Map.of("algorithm", "gspo", "clip", WIDE), reinforce, 0);
    }

    @Test
    void generalizedAdvantagesWithoutDecayAreMonteCarloMinusV() {
        assertSame(critic(Map.of("kind", "gae", "lambda", 1)), critic(Map.of("kind", "monte-carlo")), 0);
    }

    @Test
    void vTraceOnPolicyIsNStep() {
        var onPolicy = new ExactWorld(3, 3);
        EstimatorSpec vTrace = EstimatorSpec.of(critic(Map.of("kind", "v-trace", "lambda", 1)));
        EstimatorSpec nStep = EstimatorSpec.of(critic(Map.of("kind", "n-step", "steps", 3)));

        double[] one = onPolicy.gradient(vTrace, batch(onPolicy, 0), new BatchStatistics());
        double[] other = onPolicy.gradient(nStep, batch(onPolicy, 0), new BatchStatistics());

        assertThat(distance(one, other)).isLessThan(1e-6);
    }

    @Test
    void onPolicyEveryAlgorithmIsReinforce() {
        var onPolicy = new ExactWorld(3, 3);
        double[] reinforce = onPolicy.gradient(EstimatorSpec.DEFAULT, batch(onPolicy, 0), new BatchStatistics());

        for (String algorithm : new String[] {"ppo", "cispo"}) {
            EstimatorSpec spec = EstimatorSpec.of(Map.of("algorithm", algorithm));
            double[] gradient = onPolicy.gradient(spec, batch(onPolicy, 0), new BatchStatistics());
            assertThat(distance(gradient, reinforce)).as(algorithm).isLessThan(1e-6);
        }
    }

    private static Map<String, Object> weighted(String level) {
        return Map.of("importance-level", level, "importance-clip", "unlimited");
    }

    private static Map<String, Object> critic(Map<String, Object> returns) {
        return Map.of(
                "algorithm", "actor-critic", "baseline", "critic", "importance-level", "token", "returns", returns);
    }

    private void assertSame(Map<String, Object> one, Map<String, Object> other, long staleness) {
        assertThat(difference(one, other, staleness)).isLessThan(1e-6);
    }

    private double difference(Map<String, Object> one, Map<String, Object> other, long staleness) {
        double[] a = world.gradient(EstimatorSpec.of(one), batch(world, staleness), new BatchStatistics());
        double[] b = world.gradient(EstimatorSpec.of(other), batch(world, staleness), new BatchStatistics());
        return distance(a, b);
    }

    private static Batch batch(ExactWorld world, long staleness) {
        var batch = new Batch();
        for (int[] actions : world.trajectories) {
            batch.add(world.trajectory(actions), world.reward(actions) - 1.4, staleness);
        }
        return batch;
    }
}
