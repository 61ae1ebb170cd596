package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.LineageTree;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RewardDropIT {

    private static final PolicyDefinition POLICY = Bandit.guarded("guarded", 0.3);
    private static final String NAME = POLICY.policy();

    @Test
    void replicasFollowAPolicyBackToWhatEarnedItsReward(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, POLICY);
                ReceivedDeadLetters deadLetters = ReceivedDeadLetters.of(system.kafka())) {
            Users.few(system.millrace(), NAME, 500, output -> 0.9);
            system.awaitLearned(NAME, 500);
            LineageTree.Head before = system.published().head(NAME);

            Users.few(system.millrace(), NAME, 200, output -> 0.1);

            await("a new epoch")
                    .atMost(SmallSystem.PATIENCE)
                    .until(() -> system.published().head(NAME).epoch() > before.epoch());
            ParameterUpdate opening = system.published().of(NAME).stream()
                    .filter(update -> update.getEpoch() > before.epoch())
                    .findFirst()
                    .orElseThrow();
            assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
            assertThat(opening.getParentEpoch()).isEqualTo(before.epoch());
            assertThat(opening.getParentVersion()).isLessThanOrEqualTo(before.version());
            deadLetters.expect(NAME, DeadLetterReason.GUARD);
            deadLetters.awaitAll();
            system.awaitAgreement(NAME);
        }
    }
}
