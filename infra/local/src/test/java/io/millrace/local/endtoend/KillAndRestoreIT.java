package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.LineageTree;
import io.millrace.simulator.Simulation;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillAndRestoreIT extends OnAnyBroker {

    private static final String POLICY = "bandit";
    private static final int KILLS = 2;

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void everyTrajectoryIsLearnedOnceThoughWorkersAreKilledWhileLearning(Delivery delivery, @TempDir Path directory)
            throws Exception {
        try (SmallSystem system =
                        SmallSystem.start(startBroker(directory), delivery, directory, Bandit.adaptive(POLICY));
                Simulation users = Users.crowd(system.millrace(), POLICY)) {
            long firstEpoch = system.published().head(POLICY).epoch();
            for (int kill = 0; kill < KILLS; kill++) {
                system.awaitLearned(POLICY, system.published().learned(POLICY) + 200);
                system.learner().checkpoint();
                // So that there is something to rewind.
                system.awaitLearned(POLICY, system.published().learned(POLICY) + 50);
                killAndAwaitRecovery(system);
            }

            assertThat(users.stop(SmallSystem.PATIENCE)).as("all was said").isTrue();
            long[] expected = users.expected();
            await().atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(system.published().audit(POLICY, expected))
                            .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0)));

            assertThat(system.published().learned(POLICY)).isEqualTo(expected.length);
            assertThat(epochs(system)).hasSizeGreaterThan(KILLS).startsWith(firstEpoch);
            assertThat(system.learner().status()).isEqualTo(JobStatus.RUNNING);
            system.awaitAgreement(POLICY);
            assertThat(system.applied())
                    .allSatisfy(replica -> assertThat(replica.of(POLICY))
                            .as("versions in the order in which they were applied")
                            .hasSizeGreaterThan(KILLS)
                            .isSorted());
        }
    }

    private static void killAndAwaitRecovery(SmallSystem system) {
        LineageTree.Head before = system.published().head(POLICY);
        system.learner().killWorker();
        await("a new epoch that learns").atMost(SmallSystem.PATIENCE).untilAsserted(() -> {
            LineageTree.Head now = system.published().head(POLICY);
            assertThat(now.epoch()).isGreaterThan(before.epoch());
            assertThat(now.trajectoriesTotal()).isGreaterThan(before.trajectoriesTotal());
        });
    }

    private static LongStream epochs(SmallSystem system) {
        return system.published().of(POLICY).stream()
                .mapToLong(update -> update.getEpoch())
                .distinct();
    }
}
