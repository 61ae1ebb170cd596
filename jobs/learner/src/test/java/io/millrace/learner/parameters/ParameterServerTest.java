package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import org.junit.jupiter.api.Test;

class ParameterServerTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final int[] ROWS = {1, 5, 63};

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @Test
    void opensANewPolicyWithASnapshotOfTheInitialParameters() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(3))) {
            assertThat(server.updates()).singleElement().satisfies(opening -> {
                assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
                assertThat(opening.getEpoch()).isEqualTo(NOW_MS);
                assertThat(opening.getVersion()).isZero();
                assertThat(opening.getSpecRevision()).isEqualTo(3);
                assertThat(opening.getCreatedAt().toEpochMilli()).isEqualTo(NOW_MS);
            });
            assertThat(thetaOf(server)).containsOnly(0f).hasSize(64);
            assertThat(server.snapshots())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.getSlot()).isZero());
        }
    }

    @Test
    void publishesAStepOnceABatchIsFull() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a"));
            assertThat(server.updates()).hasSize(1);

            server.learn(SampleGradient.of("pick", 1f, ROWS, "b"));

            ParameterUpdate delta = server.lastUpdate();
            assertThat(delta.getKind()).isEqualTo(UpdateKind.DELTA);
            assertThat(delta.getBaseVersion()).isZero();
            assertThat(delta.getVersion()).isEqualTo(1);
            assertThat(thetaOf(server)[5]).as("0.5 · (1 + 1) / 2").isEqualTo(0.5f);
        }
    }

    @Test
    void takesAStepWithAPartOfABatchThatIsOld() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a")).moveTo(NOW_MS + 19);
            assertThat(server.updates()).hasSize(1);

            server.moveTo(NOW_MS + 20);

            assertThat(server.updates()).hasSize(2);
        }
    }

    @Test
    void coalescesStepsUntilTheLeastIntervalHasPassed() throws Exception {
        SamplePolicy paced = pick.withText("publish.min-interval", "50ms").with("batch.trajectories", "1");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(paced.spec(1))) {
            for (int i = 0; i < 3; i++) {
                server.moveTo(NOW_MS + 10 + i).learn(SampleGradient.of("pick", 1f, ROWS, "t" + i));
            }
            server.moveTo(NOW_MS + 49);
            assertThat(server.updates()).hasSize(1);

            server.moveTo(NOW_MS + 50);

            assertThat(server.updates()).hasSize(2);
            assertThat(server.lastUpdate().getStats().getSteps()).isEqualTo(3);
            assertThat(server.lastUpdate().getStats().getTrajectories()).isEqualTo(3);
        }
    }

    @Test
    void waitsTheLeastIntervalAfterACheckpointHasPublished() throws Exception {
        SamplePolicy paced = pick.withText("publish.min-interval", "50ms").with("batch.trajectories", "1");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(paced.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a")).moveTo(NOW_MS + 40);
            server.checkpoint();
            server.learn(SampleGradient.of("pick", 1f, ROWS, "b"));

            server.moveTo(NOW_MS + 89);
            assertThat(server.updates()).hasSize(2);

            server.moveTo(NOW_MS + 90);
            assertThat(server.updates()).hasSize(3);
        }
    }

    @Test
    void learnsAndPublishesEverythingBeforeABarrier() throws Exception {
        SamplePolicy slow = pick.withText("publish.min-interval", "1h").with("batch.trajectories", "1000");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(slow.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a"));

            var state = server.checkpoint();

            assertThat(server.lastUpdate().getVersion()).isEqualTo(1);
            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 1, state)) {
                assertThat(restored.lastUpdate().getVersion()).isEqualTo(1);
                assertThat(thetaOf(restored)).isEqualTo(thetaOf(server));
            }
        }
    }

    @Test
    void publishesEverythingAtTheEndOfItsInputs() throws Exception {
        SamplePolicy slow = pick.withText("publish.min-interval", "1h").with("batch.trajectories", "1000");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(slow.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a")).endInputs();

            assertThat(server.lastUpdate().getVersion()).isEqualTo(1);
        }
    }

    @Test
    void keepsReplicasBitIdenticalThroughQuantisedDeltas() throws Exception {
        SamplePolicy audited = pick.withText("publish.snapshot-every", "1s");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(audited.spec(1))) {
            for (int i = 0; i < 50; i++) {
                server.learn(SampleGradient.random("pick", 64, i));
            }
            server.moveTo(NOW_MS + 1_000);

            ParameterReplica replica = server.replica(pick.known(1));
            ParameterSnapshot kept = server.snapshots().get(1);
            assertThat(replica.version()).isEqualTo(50);
            assertThat(kept.getVersion()).isEqualTo(50);
            assertThat(replica.thetaChecksum()).isEqualTo(kept.getChecksum());
            assertThat(replica.chain()).isEqualTo(kept.getChain());
        }
    }

    @Test
    void alternatesBetweenTheSlotsOfItsSnapshots() throws Exception {
        SamplePolicy often = pick.withText("publish.snapshot-every", "1s");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(often.spec(1))) {
            for (int i = 1; i <= 3; i++) {
                server.learn(SampleGradient.random("pick", 64, i)).moveTo(NOW_MS + i * 1_000L);
            }
            var state = server.checkpoint();

            assertThat(server.snapshots())
                    .extracting(ParameterSnapshot::getSlot)
                    .containsExactly(0, 1, 0, 1);
            assertThat(server.snapshots())
                    .extracting(ParameterSnapshot::getVersion)
                    .containsExactly(0L, 1L, 2L, 3L);
            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 9_000, state)) {
                assertThat(restored.snapshots())
                        .singleElement()
                        .satisfies(kept -> assertThat(kept.getSlot()).isZero());
            }
        }
    }

    @Test
    void keepsNoSnapshotOfWhatItHasKeptAlready() throws Exception {
        SamplePolicy often = pick.withText("publish.snapshot-every", "1s");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(often.spec(1))) {
            server.moveTo(NOW_MS + 5_000);

            assertThat(server.snapshots()).hasSize(1);
        }
    }

    @Test
    void teachesSeveralPoliciesSideBySide() throws Exception {
        SamplePolicy other = SamplePolicy.choice("other");
        try (RunningServer server =
                RunningServer.start(topic, NOW_MS).apply(pick.spec(1)).apply(other.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
            server.learn(SampleGradient.of("other", -1f, ROWS, "c", "d"));

            assertThat(thetaOf(server)[5]).as("0.5 · 1 / 2").isEqualTo(0.25f);
            assertThat(server.theta(other.known(1))[5]).isEqualTo(-0.25f);
        }
    }

    @Test
    void failsOnAGradientOfAPolicyThatItDoesNotHave() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            assertThatThrownBy(() -> server.learn(SampleGradient.of("pick", 1f, ROWS, "a")))
                    .hasMessageContaining("'pick'");
        }
    }

    @Test
    void opensNoPolicyThatWasWithdrawn() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.deleted(1))) {
            assertThat(server.updates()).isEmpty();
            assertThat(server.deadLetters()).isEmpty();
        }
    }

    private float[] thetaOf(RunningServer server) {
        return server.theta(pick.known(1));
    }
}
