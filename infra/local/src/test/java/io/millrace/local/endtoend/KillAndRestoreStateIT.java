package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.LineageTree;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that is killed, restored and made to learn again what it lost publishes the same updates, bit for bit, as one that
 * nobody killed. Only a job that has all its state back does: θ, residual, moments and their step count, running averages,
 * open groups, half-joined trajectories.
 */
final class KillAndRestoreStateIT {

    private static final int BATCHES = 9;

    /** Batches that are learned, lost, and learned again. */
    private static final List<Integer> LOST = List.of(3, 6);

    private static final int HALF = Script.BATCH / 2 - 1;

    /** The update to one version: its bytes, and what the rewards in it were compared with. */
    private record Step(ByteBuffer payload, int chain, long trajectories, double baselineMean) {}

    /** Where a policy stands at the end, and how it came there. */
    private record Outcome(float[] theta, long version, long trajectories, Map<Long, Step> steps) {}

    @Test
    void everyUpdateAfterARestoreIsTheOneThatWouldHaveComeAnyway(@TempDir Path directory) throws Exception {
        Map<String, Outcome> undisturbed = play(directory.resolve("undisturbed"), List.of());
        Map<String, Outcome> killed = play(directory.resolve("killed"), LOST);

        undisturbed.forEach((policy, expected) -> {
            assertThat(expected.version()).as("versions of " + policy).isEqualTo(BATCHES);
            assertThat(expected.theta()).as(policy).isNotEqualTo(new float[expected.theta().length]);
            assertThat(killed).containsKey(policy);
            Outcome found = killed.getOrDefault(policy, expected);
            assertThat(found.version()).as("version of " + policy).isEqualTo(expected.version());
            assertThat(found.trajectories()).as("trajectories of " + policy).isEqualTo(expected.trajectories());
            assertThat(found.steps()).as("updates of " + policy).isEqualTo(expected.steps());
            assertThat(found.theta()).as("parameters of " + policy).isEqualTo(expected.theta());
        });
    }

    private static Map<String, Outcome> play(Path directory, List<Integer> lost) throws Exception {
        try (SmallSystem system = SmallSystem.startWithoutTimedCheckpoints(directory, Script.policies());
                var sender = new RawSender(system.kafka())) {
            var script = new Script(system.kafka().topics(), sender);
            script.generate(0);
            for (int batch = 0; batch < BATCHES; batch++) {
                // The join has them when the barrier comes, and their rewards come after it.
                script.generate(batch + 1);
                if (lost.contains(batch)) {
                    system.learner().checkpoint();
                    script.reward(batch, 0, Script.BATCH);
                    awaitApplied(system, batch + 1);
                    script.reward(batch + 1, 0, HALF);
                    killAndAwaitRecovery(system);
                    awaitApplied(system, batch + 1);
                    script.reward(batch + 1, HALF, Script.BATCH);
                } else if (!lost.contains(batch - 1)) {
                    script.reward(batch, 0, Script.BATCH);
                }
                awaitApplied(system, batch + (lost.contains(batch) ? 2 : 1));
            }
            return outcomes(system);
        }
    }

    private static void awaitApplied(SmallSystem system, int batches) {
        for (PolicyDefinition policy : Script.policies()) {
            system.awaitApplied(policy.policy(), (long) batches * Script.BATCH);
        }
    }

    private static void killAndAwaitRecovery(SmallSystem system) {
        Map<String, Long> before = new LinkedHashMap<>();
        for (PolicyDefinition policy : Script.policies()) {
            before.put(policy.policy(), system.published().head(policy.policy()).epoch());
        }
        system.learner().killWorker();
        before.forEach((policy, epoch) -> await("a new epoch of " + policy)
                .atMost(SmallSystem.PATIENCE)
                .until(() -> system.published().head(policy).epoch() > epoch));
    }

    private static Map<String, Outcome> outcomes(SmallSystem system) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (PolicyDefinition policy : Script.policies()) {
            LineageTree.Head head = system.published().head(policy.policy());
            outcomes.put(
                    policy.policy(),
                    new Outcome(
                            system.published().theta(policy),
                            head.version(),
                            head.trajectoriesTotal(),
                            steps(system.published().of(policy.policy()))));
        }
        return outcomes;
    }

    /** The last update to each version: what was lost was published before. */
    private static Map<Long, Step> steps(List<ParameterUpdate> updates) {
        Map<Long, Step> steps = new TreeMap<>();
        for (ParameterUpdate update : updates) {
            LearningStats stats = update.getStats();
            if (update.getKind() == UpdateKind.DELTA && stats != null) {
                var step = new Step(
                        update.getPayload(), update.getChain(), stats.getTrajectoriesTotal(), stats.getBaselineMean());
                steps.put(update.getVersion(), step);
            }
        }
        return steps;
    }
}
