package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.LineageTree;
import io.millrace.local.learning.LearnerCluster;
import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoLearnersIT {

    private static final String POLICY = "bandit";

    @Test
    void theOlderOneEndsForGoodAndTheNewerOneLearnsOn(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, Bandit.adaptive(POLICY))) {
            Users.few(system.millrace(), POLICY, 100);
            system.awaitLearned(POLICY, 100);
            LineageTree.Head before = system.published().head(POLICY);

            try (LearnerCluster second = system.startAnotherLearner()) {
                await("the first has ended")
                        .atMost(SmallSystem.PATIENCE)
                        .until(() -> system.learner().hasEnded());

                assertThat(system.learner().status()).isEqualTo(JobStatus.FAILED);
                LineageTree.Head taken = system.published().head(POLICY);
                assertThat(taken.epoch()).isGreaterThan(before.epoch());
                assertThat(system.learner().lastFailure().orElseThrow())
                        .contains("Another learner writes policy 'bandit': expected no epoch above " + before.epoch())
                        .contains("found epoch " + taken.epoch());

                Users.few(system.millrace(), POLICY, 50);
                system.awaitLearned(POLICY, taken.trajectoriesTotal() + 50);
                assertThat(second.status()).isEqualTo(JobStatus.RUNNING);
                assertThat(system.published().head(POLICY).epoch())
                        .as("nobody opens epochs against the other")
                        .isEqualTo(taken.epoch());
                system.awaitAgreement(POLICY);
            }
        }
    }
}
