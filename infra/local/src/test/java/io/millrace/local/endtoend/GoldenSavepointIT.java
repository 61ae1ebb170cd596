package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.policy.spec.PolicyDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every later build restores the state of each released one, and learns on as that release would have: θ and moments,
 * running averages, an open group, trajectories without a reward, a reward without its trajectory, tombstones.
 *
 * <p>A new layout of the state gets a savepoint of its own, written by its last build:
 * {@code mvn verify -pl infra/local -am -Dit.test=GoldenSavepointIT -Dmillrace.golden.write=0.2.0}.
 */
final class GoldenSavepointIT {

    private static final String WRITE = "millrace.golden.write";
    /** Exponentials and logarithms may differ in the last bit from one JVM to the next. */
    private static final float TOLERANCE = 1e-5f;
    /** One whole group, and one output of the next. */
    private static final int HALF = 5;

    private static final int EARLY = 2;

    @BeforeAll
    static void writeWhenAsked(@TempDir Path directory) throws Exception {
        String release = System.getProperty(WRITE);
        if (release == null) {
            return;
        }
        try (SmallSystem system = SmallSystem.startWithoutTimedCheckpoints(directory, Script.policies())) {
            beginning(system);
            Path savepoint = system.stopLearnerWithSavepoint();
            Map<TopicPartition, Long> ends = new KafkaOffsets(system.kafka()).ends();
            system.startLearnerFrom(savepoint, 1);
            GoldenSavepoint.of(release).write(savepoint, ends, rest(system));
        }
    }

    @ParameterizedTest
    @MethodSource("io.millrace.local.endtoend.GoldenSavepoint#all")
    void isRestored(GoldenSavepoint golden, @TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.startFrom(golden, directory, Script.policies())) {
            Map<String, float[]> found = rest(system);

            Map<String, Map<Integer, Float>> expected = golden.expected();
            assertThat(expected).containsOnlyKeys(found.keySet());
            found.forEach((policy, theta) -> {
                Map<Integer, Float> ofPolicy = expected.getOrDefault(policy, Map.of());
                for (int i = 0; i < theta.length; i++) {
                    assertThat(theta[i])
                            .as("parameter %d of %s", i, policy)
                            .isCloseTo(ofPolicy.getOrDefault(i, 0f), within(TOLERANCE));
                }
            });
        }
    }

    private static void beginning(SmallSystem system) throws Exception {
        try (var sender = new RawSender(system.kafka())) {
            var script = new Script(system.kafka().topics(), sender);
            script.generate(0);
            script.generate(1);
            script.reward(0, 0, Script.BATCH);
            awaitApplied(system, Script.BATCH);
            script.reward(2, 0, EARLY);
            script.reward(1, 0, HALF);
            awaitRead(system, 2 * Script.BATCH, Script.BATCH + EARLY + HALF);
        }
    }

    /** The join has so many generations and rewards of each policy: what the savepoint's sources are past. */
    private static void awaitRead(SmallSystem system, int generations, int rewards) {
        int policies = Script.policies().size();
        await("read").atMost(SmallSystem.PATIENCE).untilAsserted(() -> {
            assertThat(system.learner().counters().sum("generations")).isEqualTo((long) policies * generations);
            assertThat(system.learner().counters().sum("rewards")).isEqualTo((long) policies * rewards);
        });
    }

    private static void awaitApplied(SmallSystem system, long trajectories) {
        for (PolicyDefinition policy : Script.policies()) {
            system.awaitApplied(policy.policy(), trajectories);
        }
    }

    /** What comes after the savepoint, and θ at the end. */
    private static Map<String, float[]> rest(SmallSystem system) throws Exception {
        try (var sender = new RawSender(system.kafka())) {
            var script = new Script(system.kafka().topics(), sender);
            // What was learned already comes again, and is known.
            script.reward(0, 0, Script.BATCH);
            script.reward(1, HALF, Script.BATCH);
            awaitRead(system, 0, 2 * Script.BATCH - HALF);
            for (PolicyDefinition policy : Script.policies()) {
                system.awaitFollowed(policy.policy());
            }
            // The stop closed a batch early, and a checkpoint closes the next.
            system.learner().checkpoint();
            awaitApplied(system, 2L * Script.BATCH);
            script.generate(2);
            script.reward(2, EARLY, Script.BATCH);
            awaitApplied(system, 3L * Script.BATCH);
        }
        Map<String, float[]> parameters = new LinkedHashMap<>();
        for (PolicyDefinition policy : Script.policies()) {
            parameters.put(policy.policy(), system.published().theta(policy));
        }
        return parameters;
    }
}
