package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.spec.OptimizerSpec;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterServerRestoreTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private final KnownPolicy known = pick.known(1);

    @Test
    void opensAHigherEpochWithASnapshotThatNamesItsParent() throws Exception {
        OperatorSubtaskState state = stateAfter(5);
        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, state)) {
            ParameterUpdate opening = restored.updates().get(0);
            assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
            assertThat(opening.getEpoch()).isEqualTo(NOW_MS + 500);
            assertThat(opening.getVersion()).isEqualTo(5);
            assertThat(opening.getParentEpoch()).isEqualTo(NOW_MS);
            assertThat(opening.getParentVersion()).isEqualTo(5);
            assertThat(opening.getStats().getTrajectoriesTotal()).isEqualTo(10);
        }
    }

    @Test
    void opensAHigherEpochEachTimeThatOneCheckpointIsRestored() throws Exception {
        OperatorSubtaskState state = stateAfter(1);
        long before = NOW_MS;
        for (long clock : new long[] {NOW_MS, NOW_MS, NOW_MS - 100_000}) {
            try (RunningServer restored = RunningServer.restore(topic, clock, state)) {
                long epoch = restored.updates().get(0).getEpoch();
                assertThat(epoch).isGreaterThan(before);
                before = epoch;
            }
        }
    }

    @Test
    void publishesTheSnapshotBeforeItLearnsAnything() throws Exception {
        OperatorSubtaskState state = stateAfter(1);
        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, state)) {
            restored.learn(SampleGradient.random("pick", 64, 2));

            assertThat(restored.updates())
                    .extracting(ParameterUpdate::getKind)
                    .containsExactly(UpdateKind.SNAPSHOT, UpdateKind.DELTA);
        }
    }

    @ParameterizedTest
    @EnumSource(OptimizerSpec.Kind.class)
    void learnsOnBitForBitAsIfItHadNeverStopped(OptimizerSpec.Kind optimizer) throws Exception {
        SamplePolicy learning = pick.withText("optimizer.kind", optimizer.name().toLowerCase(Locale.ROOT));
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(learning.spec(1))) {
            for (int i = 0; i < 20; i++) {
                server.learn(SampleGradient.random("pick", 64, i));
            }
            OperatorSubtaskState state = server.checkpoint();
            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, state)) {
                for (int i = 20; i < 40; i++) {
                    server.learn(SampleGradient.random("pick", 64, i));
                    restored.learn(SampleGradient.random("pick", 64, i));
                }

                ParameterReplica uninterrupted = server.replica(known);
                ParameterReplica replica = restored.replica(known);
                assertThat(replica.thetaChecksum()).isEqualTo(uninterrupted.thetaChecksum());
                assertThat(replica.version()).isEqualTo(uninterrupted.version());
                assertThat(replica.chain()).isEqualTo(uninterrupted.chain());
                assertThat(restored.lastUpdate().getStats().getTrajectoriesTotal())
                        .isEqualTo(80);
            }
        }
    }

    @Test
    void restoresWhatHasChangedSinceASecondCheckpoint() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1))) {
            server.learn(SampleGradient.random("pick", 64, 1));
            OperatorSubtaskState first = server.checkpoint();
            float[] thetaAtFirst = server.theta(known);
            server.learn(SampleGradient.random("pick", 64, 2));
            OperatorSubtaskState second = server.checkpoint();

            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, second)) {
                assertThat(restored.theta(known)).isEqualTo(server.theta(known));
            }
            try (RunningServer rewound = RunningServer.restore(topic, NOW_MS + 600, first)) {
                assertThat(rewound.theta(known)).isEqualTo(thetaAtFirst);
            }
        }
    }

    /** A dense delta takes the residual of rows along that nobody has touched since the last checkpoint. */
    @Test
    void restoresChunksThatOnlyADenseDeltaHasChanged() throws Exception {
        int chunk = DirtyChunks.CHUNK_FLOATS;
        SamplePolicy wide = pick.with("model.hash-bits", "16");
        int size = wide.known(1).policy().layout().size();
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(wide.spec(1))) {
            server.learn(SampleGradient.random("pick", size, 1));
            server.checkpoint();
            int[] allButOneChunk = IntStream.range(0, size - chunk).toArray();
            server.learn(SampleGradient.of("pick", 1f, allButOneChunk, "a", "b"));
            OperatorSubtaskState state = server.checkpoint();

            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, state)) {
                assertThat(restored.replica(wide.known(1)).thetaChecksum())
                        .isEqualTo(server.replica(wide.known(1)).thetaChecksum());
            }
        }
    }

    @Test
    void ownsEveryPolicyOnceAfterRescaling() throws Exception {
        int policies = 20;
        OperatorSubtaskState state;
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            for (int i = 0; i < policies; i++) {
                server.apply(SamplePolicy.choice("p" + i).spec(1));
            }
            state = server.checkpoint();
        }
        try (RunningServer first = RunningServer.restoreSubtask(topic, NOW_MS + 500, state, 2, 0);
                RunningServer second = RunningServer.restoreSubtask(topic, NOW_MS + 500, state, 2, 1)) {
            var owned = new ArrayList<String>();
            first.updates().forEach(update -> owned.add(update.getPolicy()));
            second.updates().forEach(update -> owned.add(update.getPolicy()));

            assertThat(first.updates()).isNotEmpty();
            assertThat(second.updates()).isNotEmpty();
            assertThat(owned).hasSize(policies).doesNotHaveDuplicates();
        }
    }

    @Test
    void goesOnFromItsPublishedSnapshotWithoutState() throws Exception {
        SamplePolicy often = pick.withText("publish.snapshot-every", "1s");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(often.spec(1))) {
            server.learn(SampleGradient.random("pick", 64, 1)).moveTo(NOW_MS + 1_000);

            try (RunningServer fresh = RunningServer.start(topic, NOW_MS - 50).apply(often.spec(1))) {
                ParameterUpdate opening = fresh.updates().get(0);
                assertThat(fresh.theta(known)).isEqualTo(server.theta(known)).isNotEqualTo(new float[64]);
                assertThat(opening.getEpoch()).isGreaterThan(NOW_MS);
                assertThat(opening.getVersion()).isEqualTo(1);
                assertThat(opening.getParentEpoch()).isEqualTo(NOW_MS);
                assertThat(opening.getParentVersion()).isEqualTo(1);
                assertThat(opening.getStats().getTrajectoriesTotal()).isEqualTo(2);
                assertThat(fresh.snapshots().get(0).getSlot())
                        .as("the other slot than that of the snapshot it goes on from")
                        .isZero();
            }
        }
    }

    @Test
    void aReplicaFollowsThroughARestore() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1))) {
            server.learn(SampleGradient.random("pick", 64, 1));
            OperatorSubtaskState state = server.checkpoint();
            server.learn(SampleGradient.random("pick", 64, 2));
            ParameterReplica replica = server.replica(known);
            try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 500, state)) {
                restored.learn(SampleGradient.random("pick", 64, 3));
                restored.updates().forEach(update -> replica.offer(UpdateReader.chunk(update)));

                assertThat(replica.epoch()).isEqualTo(NOW_MS + 500);
                assertThat(replica.thetaChecksum())
                        .isEqualTo(restored.replica(known).thetaChecksum());
                assertThat(replica.checksumMatches()).isTrue();
            }
        }
    }

    private OperatorSubtaskState stateAfter(int batches) throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1))) {
            for (int i = 0; i < batches; i++) {
                server.learn(SampleGradient.random("pick", 64, i));
            }
            return server.checkpoint();
        }
    }
}
