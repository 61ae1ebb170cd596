package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.Ledger;
import io.millrace.simulator.Simulation;
import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planned stop: an upgrade, or another parallelism. */
final class SavepointIT {

    private static final String POLICY = "bandit";

    @Test
    void everyTrajectoryIsLearnedOnceThoughTheParallelismChanges(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, Bandit.adaptive(POLICY));
                Simulation users = Users.crowd(system.millrace(), POLICY)) {
            for (int parallelism : new int[] {2, 1}) {
                system.awaitLearned(POLICY, system.published().learned(POLICY) + 200);
                long epoch = system.published().head(POLICY).epoch();
                system.startLearnerFrom(system.stopLearnerWithSavepoint(), parallelism);
                await("a new epoch that learns")
                        .atMost(SmallSystem.PATIENCE)
                        .untilAsserted(
                                () -> assertThat(system.published().head(POLICY).epoch())
                                        .isGreaterThan(epoch));
            }
            system.awaitLearned(POLICY, system.published().learned(POLICY) + 200);

            assertThat(users.stop(SmallSystem.PATIENCE)).as("all was said").isTrue();
            long[] expected = users.expected();
            await().atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(system.published().audit(POLICY, expected))
                            .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0)));
            assertThat(system.learner().status()).isEqualTo(JobStatus.RUNNING);
            system.awaitAgreement(POLICY);
        }
    }
}
