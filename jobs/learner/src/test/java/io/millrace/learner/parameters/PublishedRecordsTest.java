package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.policy.FeatureHash;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an update goes into which record, and that none is too large for Kafka. */
class PublishedRecordsTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_075);
    private static final int[] ROWS = {1, 5, 63};

    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @Test
    void countsEveryTrajectoryOnceAndListsItsHash() {
        PolicyLearner learner = PolicyLearner.begin(pick.known(1), 1);
        List<Long> hashes = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int update = 0; update < 3; update++) {
            String[] ids = new String[700];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = "trajectory-" + update + "-" + i;
                expected.add(FeatureHash.of(ids[i]));
            }
            LearningStats stats = learn(
                    learner,
                    SampleGradient.of("pick", 1f, ROWS, ids),
                    SampleGradient.of("pick", 1f, ROWS, "x" + update));
            expected.add(FeatureHash.of("x" + update));
            ByteBuffer ledger = stats.getLearnedTrajectories().duplicate();
            while (ledger.hasRemaining()) {
                hashes.add(ledger.getLong());
            }
            assertThat(stats.getTrajectories()).isEqualTo(701);
            assertThat(stats.getTrajectoriesTotal()).isEqualTo(701L * (update + 1));
        }
        assertThat(hashes).isEqualTo(expected);
    }

    @Test
    void keepsNoLedgerUnlessAsked() {
        LearningStats stats = learn(
                PolicyLearner.begin(pick.with("publish.ledger", "false").known(1), 1),
                SampleGradient.of("pick", 1f, ROWS, "a", "b"));

        assertThat(stats.getLearnedTrajectories()).isNull();
    }

    @Test
    void cutsLargeParametersIntoRecordsThatKafkaTakes() {
        KnownPolicy known = pick.with("model.hash-bits", "20").known(1);
        int size = known.policy().layout().size();
        PolicyLearner learner = PolicyLearner.begin(known, 1);
        ParameterReplica replica =
                ParameterReplica.singleThreaded("pick", known.policy().layout());
        offer(replica, learner.openingSnapshot(NOW));
        float[] values = new float[size];
        int[] rows = new int[size];
        var random = new SplittableRandom(1);
        for (int i = 0; i < size; i++) {
            rows[i] = i;
            values[i] = (float) random.nextDouble();
        }
        learner.accept(SampleGradient.of("pick", new SparseRows(1, rows, values), "a", "b"));
        learner.step();

        List<ParameterUpdate> delta = learner.publish(NOW, PolicyLearner.Audit.WITH_CHECKSUM);
        List<ParameterUpdate> snapshot = learner.openingSnapshot(NOW);
        List<ParameterSnapshot> kept = learner.keptSnapshot(0, NOW);

        assertThat(delta).hasSizeGreaterThan(1);
        assertThat(snapshot).hasSizeGreaterThan(1);
        assertThat(kept).hasSameSizeAs(snapshot);
        RecordCodec<ParameterUpdate> updates = RecordCodec.of(ParameterUpdate.class);
        assertThat(delta).allMatch(record -> updates.encode(record).length <= Topics.MAX_RECORD_BYTES);
        assertThat(snapshot).allMatch(record -> updates.encode(record).length <= Topics.MAX_RECORD_BYTES);
        RecordCodec<ParameterSnapshot> snapshots = RecordCodec.of(ParameterSnapshot.class);
        assertThat(kept).allMatch(record -> snapshots.encode(record).length <= Topics.MAX_RECORD_BYTES);
        assertThat(delta.subList(0, delta.size() - 1)).allMatch(record -> record.getStats() == null);
        assertThat(delta.get(delta.size() - 1).getStats()).isNotNull();
        offer(replica, delta);
        assertThat(replica.checksumMatches()).isTrue();
        assertThat(replica.version()).isEqualTo(1);
        assertThat(replica.thetaChecksum()).isEqualTo(kept.get(0).getChecksum());
    }

    @ParameterizedTest
    @ValueSource(ints = {UpdateStatistics.MAX_LEDGER, UpdateStatistics.MAX_LEDGER + 1, 200_000})
    void cutsALongLedgerIntoRecordsThatKafkaTakes(int trajectories) {
        KnownPolicy known = pick.with("model.hash-bits", "20").known(1);
        PolicyLearner learner = PolicyLearner.begin(known, 1);
        ParameterReplica replica =
                ParameterReplica.singleThreaded("pick", known.policy().layout());
        offer(replica, learner.openingSnapshot(NOW));
        // Two bytes a row and a little: a payload that all but fills a record by itself.
        int rows = 420_000;
        int[] touched = IntStream.range(0, rows).toArray();
        float[] values = new float[rows];
        Arrays.fill(values, 0.5f);
        String[] ids = IntStream.range(0, trajectories).mapToObj(i -> "t" + i).toArray(String[]::new);
        learner.accept(SampleGradient.of("pick", new SparseRows(1, touched, values), ids));
        learner.step();

        List<ParameterUpdate> updates = learner.publish(NOW, PolicyLearner.Audit.WITH_CHECKSUM);

        RecordCodec<ParameterUpdate> codec = RecordCodec.of(ParameterUpdate.class);
        assertThat(updates).allMatch(record -> codec.encode(record).length <= Topics.MAX_RECORD_BYTES);
        offer(replica, updates);
        assertThat(replica.checksumMatches()).isTrue();
        assertThat(replica.version()).isEqualTo(learner.lineage().version());
        List<LearningStats> stats = updates.stream()
                .map(ParameterUpdate::getStats)
                .filter(Objects::nonNull)
                .toList();
        assertThat(stats).hasSize((trajectories + UpdateStatistics.MAX_LEDGER - 1) / UpdateStatistics.MAX_LEDGER);
        List<Long> hashes = new ArrayList<>();
        for (LearningStats part : stats) {
            LongBuffer ledger = part.getLearnedTrajectories().asLongBuffer();
            assertThat(part.getTrajectories()).isEqualTo(ledger.remaining());
            while (ledger.hasRemaining()) {
                hashes.add(ledger.get());
            }
            assertThat(part.getTrajectoriesTotal()).isEqualTo(hashes.size());
        }
        assertThat(updates).as("one of them without room for its ledger").hasSize(stats.size() + 1);
        assertThat(hashes).isEqualTo(Arrays.stream(ids).map(FeatureHash::of).toList());
        assertThat(stats.stream().mapToInt(LearningStats::getSteps).sum()).isEqualTo(1);
        assertThat(learner.hasUnpublishedSteps()).isFalse();
    }

    private static void offer(ParameterReplica replica, List<ParameterUpdate> updates) {
        updates.forEach(update -> replica.offer(UpdateReader.chunk(update)));
    }

    /** One step with all of it, published: what the update says of it. */
    private static LearningStats learn(PolicyLearner learner, PartialGradient... partials) {
        for (PartialGradient partial : partials) {
            learner.accept(partial);
        }
        assertThat(learner.step()).isEmpty();
        List<ParameterUpdate> updates = learner.publish(NOW, PolicyLearner.Audit.WITHOUT);
        return updates.get(updates.size() - 1).getStats();
    }
}
