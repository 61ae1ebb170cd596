package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.TopicScan;
import io.millrace.local.audit.LineageTree;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatelessRestartIT {

    private static final PolicyDefinition POLICY = Bandit.named("bandit");
    private static final String NAME = POLICY.policy();

    @Test
    void aJobWithoutStateGoesOnFromTheLastPublishedSnapshot(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, POLICY)) {
            Users.few(system.millrace(), NAME, 300);
            system.awaitLearned(NAME, 300);
            LineageTree.Head before = system.published().head(NAME);
            awaitSnapshotOf(before, system);
            // They are committed at checkpoints: without state, reading goes on from there.
            new KafkaOffsets(system.kafka()).awaitCommitted();
            float[] learned = system.published().theta(POLICY);

            system.restartLearnerWithoutState();
            await("a new epoch")
                    .atMost(SmallSystem.PATIENCE)
                    .until(() -> system.published().head(NAME).epoch() > before.epoch());

            ParameterUpdate opening = opening(system, before);
            assertThat(opening.getParentEpoch()).isEqualTo(before.epoch());
            assertThat(opening.getParentVersion()).isEqualTo(before.version());
            assertThat(opening.getVersion()).isEqualTo(before.version());
            assertThat(learned).isNotEqualTo(new float[learned.length]);
            assertThat(system.published().theta(POLICY)).isEqualTo(learned);

            Users.few(system.millrace(), NAME, 50);
            system.awaitLearned(NAME, 350);

            assertThat(system.published().learned(NAME)).isEqualTo(350);
            assertThat(system.published().theta(POLICY)).isNotEqualTo(learned);
            system.awaitAgreement(NAME);
        }
    }

    private static void awaitSnapshotOf(LineageTree.Head head, SmallSystem system) {
        await("a snapshot of the newest version")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(() -> assertThat(new TopicScan(system.kafka())
                                .newestByKey(system.kafka().topics().snapshots())
                                .values())
                        .anySatisfy(snapshot -> {
                            assertThat(snapshot.getEpoch()).isEqualTo(head.epoch());
                            assertThat(snapshot.getVersion()).isEqualTo(head.version());
                        }));
    }

    private static ParameterUpdate opening(SmallSystem system, LineageTree.Head before) {
        return system.published().of(NAME).stream()
                .filter(update -> update.getEpoch() > before.epoch() && update.getKind() == UpdateKind.SNAPSHOT)
                .findFirst()
                .orElseThrow();
    }
}
