package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.KeptVersions;
import io.millrace.local.admin.TopicScan;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrozenReferenceIT {

    private static final String POLICY = "bandit";
    private static final int LAST_SLOT_IN_TURN = 2;

    @Test
    void aPolicyLearnsOnNearAVersionThatOutlivesItsSlotAndTheJob(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, Bandit.named(POLICY))) {
            Users.few(system.millrace(), POLICY, 100);
            system.awaitLearned(POLICY, 100);
            long version = keptVersion(system);

            system.policies().apply(Bandit.near(POLICY, version));
            await("frozen")
                    .atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(snapshots(system)).anySatisfy(frozen -> {
                        assertThat(frozen.getSlot()).isGreaterThan(LAST_SLOT_IN_TURN);
                        assertThat(frozen.getVersion()).isEqualTo(version);
                    }));
            Users.few(system.millrace(), POLICY, 100);
            system.awaitLearned(POLICY, 200);
            long followed = newest(system).getSpecRevision();
            assertThat(followed)
                    .isGreaterThan(system.published().of(POLICY).get(0).getSpecRevision());

            system.learner().checkpoint();
            long epoch = system.published().head(POLICY).epoch();
            system.learner().killWorker();
            await("a new epoch")
                    .atMost(SmallSystem.PATIENCE)
                    .until(() -> newest(system).getEpoch() > epoch);
            Users.few(system.millrace(), POLICY, 100);
            system.awaitLearned(POLICY, 300);
            assertThat(newest(system).getSpecRevision()).isEqualTo(followed);
            system.awaitAgreement(POLICY);
        }
    }

    /** A version that has learned something, while it is kept. */
    private static long keptVersion(SmallSystem system) {
        var kept = new KeptVersions(system.kafka());
        await("kept")
                .atMost(SmallSystem.PATIENCE)
                .until(() -> kept.of(POLICY).stream().anyMatch(found -> found.version() > 0));
        return kept.of(POLICY).get(0).version();
    }

    private static List<ParameterSnapshot> snapshots(SmallSystem system) {
        return List.copyOf(new TopicScan(system.kafka())
                .newestByKey(system.kafka().topics().snapshots())
                .values());
    }

    private static ParameterUpdate newest(SmallSystem system) {
        List<ParameterUpdate> updates = system.published().of(POLICY);
        return updates.get(updates.size() - 1);
    }
}
