package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.parameters.ParameterReplica.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterReplicaTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.of("table", 6, 2);

    private final Random random = new Random(5);
    private final PublishingLearner learner = new PublishingLearner("home", LAYOUT, 5);
    private final ParameterReplica replica = ParameterReplica.singleThreaded("home", LAYOUT);

    @Test
    void cannotBeReadBeforeItsFirstSnapshot() {
        assertThat(replica.ready()).isFalse();
        assertThat(replica.needsResync()).isTrue();
        assertThatThrownBy(() -> replica.read(Parameters::version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("parameters opened: expected an applied snapshot, found none (policy 'home');"
                        + " wait until the replica is ready");
    }

    @Test
    void followsASnapshotAndDeltasBitForBit() {
        offer(learner.snapshot());
        for (int i = 0; i < 50; i++) {
            assertThat(offer(learner.delta(random, 0.3))).isEqualTo(Outcome.APPLIED);
            assertHoldsWhatTheLearnerHolds();
        }
        assertThat(replica.version()).isEqualTo(50);
        assertThat(replica.lastProblem()).isEmpty();
    }

    @Test
    void collectsChunksInAnyOrderAndIgnoresDuplicates() {
        List<UpdateChunk> chunks = new ArrayList<>(filledSnapshot());
        assertThat(chunks).hasSizeGreaterThan(2);
        Collections.reverse(chunks);
        UpdateChunk last = chunks.remove(chunks.size() - 1);
        for (UpdateChunk chunk : chunks) {
            assertThat(replica.offer(chunk)).isEqualTo(Outcome.PARTIAL);
            assertThat(replica.offer(chunk)).isEqualTo(Outcome.IGNORED);
        }
        assertThat(replica.offer(last)).isEqualTo(Outcome.APPLIED);
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void discardsAnIncompleteUpdateWhenANewerOneArrives() {
        List<UpdateChunk> older = filledSnapshot();
        assertThat(replica.offer(older.get(0))).isEqualTo(Outcome.PARTIAL);
        learner.delta(random, 1);
        List<UpdateChunk> newer = learner.snapshot();
        replica.offer(newer.get(0));
        for (UpdateChunk chunk : older) {
            assertThat(replica.offer(chunk)).isEqualTo(Outcome.IGNORED);
        }
        newer.forEach(replica::offer);
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void findsTheGapAfterALostDeltaAndHealsByASnapshot() {
        offer(learner.snapshot());
        offer(learner.delta(random, 0.3));
        learner.delta(random, 0.3);
        assertThat(offer(learner.delta(random, 0.3))).isEqualTo(Outcome.GAP);
        assertThat(replica.lastProblem())
                .isEqualTo("Delta rejected: expected one that goes on from epoch 1, version 1, found one from version 2"
                        + " (policy 'home', epoch 1, version 3); keeping version 1");
        assertThat(replica.needsResync()).isTrue();
        assertThat(replica.checksumMatches()).isTrue();
        assertThat(offer(learner.snapshot())).isEqualTo(Outcome.APPLIED);
        assertThat(replica.needsResync()).isFalse();
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void healsAGapByTheMissingDelta() {
        offer(learner.snapshot());
        List<UpdateChunk> late = learner.delta(random, 0.3);
        List<UpdateChunk> next = learner.delta(random, 0.3);
        assertThat(offer(next)).isEqualTo(Outcome.GAP);
        assertThat(offer(late)).isEqualTo(Outcome.APPLIED);
        assertThat(replica.needsResync()).isFalse();
        assertThat(offer(next)).isEqualTo(Outcome.APPLIED);
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void takesADeltaBeforeAnySnapshotForAGap() {
        assertThat(offer(learner.delta(random, 0.3))).isEqualTo(Outcome.GAP);
        assertThat(replica.lastProblem()).endsWith("waiting for a snapshot");
    }

    @Test
    void followsAHigherEpochThatRewindsTheVersionAndIgnoresTheOlderOneForEver() {
        offer(learner.snapshot());
        offer(learner.delta(random, 0.3));
        PublishingLearner.Lineage checkpoint = learner.head();
        offer(learner.delta(random, 0.3));
        List<UpdateChunk> zombie = learner.delta(random, 0.3);
        List<UpdateChunk> opening = learner.restore(checkpoint, 2);
        List<UpdateChunk> firstOfEpoch = learner.delta(random, 0.3);
        assertThat(offer(firstOfEpoch)).isEqualTo(Outcome.GAP);
        assertThat(offer(opening)).isEqualTo(Outcome.APPLIED);
        assertThat(offer(zombie)).isEqualTo(Outcome.IGNORED);
        assertThat(offer(firstOfEpoch)).isEqualTo(Outcome.APPLIED);
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void ignoresDeltasAndSnapshotsThatItIsPast() {
        List<UpdateChunk> snapshot = learner.snapshot();
        offer(snapshot);
        List<UpdateChunk> delta = learner.delta(random, 0.3);
        offer(delta);
        assertThat(offer(delta)).isEqualTo(Outcome.IGNORED);
        assertThat(offer(snapshot)).isEqualTo(Outcome.IGNORED);
        assertThat(replica.needsResync()).isFalse();
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void auditsItsParametersByASnapshotOfTheVersionHeld() {
        offer(learner.snapshot());
        offer(learner.delta(random, 1));
        List<UpdateChunk> snapshot = learner.snapshot();
        assertThat(offer(snapshot)).isEqualTo(Outcome.IGNORED);
        assertThat(replica.checksumMatches()).isTrue();

        replica.read(theta -> theta.values()[0] += 1);
        assertThat(replica.offer(snapshot.get(0))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.checksumMatches()).isFalse();
        assertThat(offer(learner.delta(random, 0.3))).isEqualTo(Outcome.GAP);
        assertThat(offer(snapshot)).isEqualTo(Outcome.APPLIED);
        assertThat(replica.checksumMatches()).isTrue();
        assertThat(replica.thetaChecksum()).isEqualTo(snapshot.get(0).checksum());
    }

    @Test
    void auditsItsParametersByADeltaThatCarriesTheirChecksum() {
        offer(learner.snapshot());
        offer(audited(learner.delta(random, 1)));
        assertThat(replica.checksumMatches()).isTrue();
        replica.read(theta -> theta.values()[0] += 1);
        assertThat(offer(audited(learner.delta(random, 0.1)))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.lastProblem()).startsWith("Delta rejected: expected parameters of CRC-32C ");
        assertThat(replica.checksumMatches()).isFalse();
        assertThat(replica.needsResync()).isTrue();
    }

    @Test
    void saysWhatWasWrongWithASnapshotOfAnotherLength() {
        offer(learner.snapshot());
        PublishingLearner other = new PublishingLearner("home", ParameterLayout.of("table", 5, 2), 1000);
        other.delta(random, 1);
        assertThat(offer(other.snapshot())).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.lastProblem())
                .isEqualTo("Snapshot rejected: expected 12 parameters, found 10 (policy 'home', epoch 1, version 1);"
                        + " keeping version 0");
        assertThat(replica.needsResync()).isTrue();
    }

    @Test
    void refusesADeltaThatIsNotTheNextOfItsChain() {
        offer(learner.snapshot());
        List<UpdateChunk> delta = learner.delta(random, 0.3);
        UpdateChunk forged = Chunks.withChecksum(delta.get(0), 1);
        assertThat(replica.offer(Chunks.with(forged, 0, 1, forged.payload()))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.lastProblem()).startsWith("Delta rejected: expected checksum chain 00000001, found ");
        assertThat(replica.checksumMatches()).isFalse();
        assertThat(offer(delta)).isEqualTo(Outcome.APPLIED);
        assertHoldsWhatTheLearnerHolds();
        assertThat(replica.checksumMatches()).as("its parameters are right").isTrue();
    }

    @Test
    void aPieceOfAForgedUpdateDoesNotStandInTheWayOnceASnapshotHasHealedWhatItDid() {
        offer(learner.snapshot());
        UpdateChunk next = learner.delta(random, 0.3).get(0);
        UpdateChunk forged = new UpdateChunk(
                "home", next.epoch(), 1_000_000, 0, false, 0, 2, next.encoding(), next.payload(), 1, 1, false, 0);
        assertThat(replica.offer(forged)).isEqualTo(Outcome.PARTIAL);
        assertThat(replica.offer(next)).isEqualTo(Outcome.IGNORED);

        offer(learner.snapshot());

        assertThat(offer(learner.delta(random, 0.3))).isEqualTo(Outcome.APPLIED);
        assertHoldsWhatTheLearnerHolds();
    }

    @Test
    void refusesImpossibleHeaders() {
        UpdateChunk chunk = filledSnapshot().get(0);
        byte[] payload = chunk.payload();
        assertThat(replica.offer(Chunks.with(chunk, 0, 0, payload))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.offer(Chunks.with(chunk, -1, 2, payload))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.offer(Chunks.with(chunk, 2, 2, payload))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.offer(Chunks.with(chunk, 0, Integer.MAX_VALUE, payload)))
                .isEqualTo(Outcome.CORRUPT);
        assertThat(replica.offer(Chunks.withEncoding(chunk, "delta-sparse-i8"))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.offer(Chunks.withEncoding(chunk, "zip"))).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.lastProblem()).contains("expected an encoding of a snapshot, found 'zip'");
        assertThat(ParameterReplica.singleThreaded("other", LAYOUT).offer(chunk))
                .isEqualTo(Outcome.CORRUPT);
        assertThat(replica.ready()).isFalse();
    }

    @Test
    void readerReadsWithoutTheReplicaAndMustBeClosedInBetween() {
        offer(learner.snapshot());
        ParameterReader reader = replica.reader();
        assertThat(reader.open().version()).isZero();
        assertThatThrownBy(reader::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close it first");
        reader.close();
        reader.close();
        offer(learner.delta(random, 1));
        assertThat(reader.open().version()).isEqualTo(1);
        reader.close();
    }

    private List<UpdateChunk> filledSnapshot() {
        learner.delta(random, 1);
        return learner.snapshot();
    }

    private List<UpdateChunk> audited(List<UpdateChunk> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.withAudit(Checksums.of(learner.theta())))
                .toList();
    }

    /** Outcome of the last chunk. */
    private Outcome offer(List<UpdateChunk> chunks) {
        Outcome outcome = Outcome.IGNORED;
        for (UpdateChunk chunk : chunks) {
            outcome = replica.offer(chunk);
        }
        return outcome;
    }

    private void assertHoldsWhatTheLearnerHolds() {
        assertThat(new PublishingLearner.Lineage(replica.epoch(), replica.version()))
                .isEqualTo(learner.head());
        assertThat(replica.thetaChecksum()).isEqualTo(Checksums.of(learner.theta()));
    }
}
