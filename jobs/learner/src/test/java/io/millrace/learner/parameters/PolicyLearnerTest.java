package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.gradient.LearnedTrajectories;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyLearnerTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_075);
    private static final int[] ROWS = {1, 5, 63};

    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @ParameterizedTest
    @EnumSource(OptimizerSpec.Kind.class)
    void comesBackFromStateBitForBit(OptimizerSpec.Kind kind) {
        KnownPolicy known = pick.with("model.hash-bits", "15")
                .withText("optimizer.kind", kind.name().toLowerCase(Locale.ROOT))
                .known(1);
        PolicyLearner learner = PolicyLearner.begin(known, 1);
        for (int i = 0; i < 10; i++) {
            learn(learner, SampleGradient.random("pick", 1 << 15, i));
        }

        PolicyLearner restored = restored(learner);

        assertThat(restored.vectors().theta()).isEqualTo(learner.vectors().theta());
        assertThat(restored.vectors().pending().values())
                .as("residual")
                .isEqualTo(learner.vectors().pending().values())
                .isNotEqualTo(new float[1 << 15]);
        assertThat(restored.vectors().moments())
                .isDeepEqualTo(learner.vectors().moments())
                .hasDimensions(learner.vectors().count() - 2, 1 << 15);
        assertThat(restored.lineage().steps()).isEqualTo(10);
        assertThat(restored.lineage().trajectoriesTotal()).isEqualTo(20);
        assertThat(restored.lineage().chain()).isEqualTo(learner.lineage().chain());
    }

    private static PolicyLearner restored(PolicyLearner learner) {
        Map<Integer, VectorChunk> state = new HashMap<>();
        Vectors vectors = learner.vectors();
        int perVector = vectors.chunks().count();
        vectors.writeDirty((vector, chunk, values) -> state.put(vector * perVector + chunk, new VectorChunk(values)));
        Lineage lineage = learner.lineage();
        var header = new LineageHeader(
                learner.known().spec(),
                lineage.epoch(),
                lineage.version(),
                lineage.chain(),
                lineage.trajectoriesTotal(),
                lineage.steps(),
                vectors.theta().length,
                vectors.count(),
                0,
                "");
        return new PolicyOpening(new KeptSnapshots()).restored(header, state.entrySet(), 2);
    }

    @Test
    void writesOnlyTheChunksThatAGradientHasTouched() {
        PolicyLearner learner =
                PolicyLearner.begin(pick.with("model.hash-bits", "16").known(1), 1);
        assertThat(dirtyChunks(learner)).as("all at first").containsExactlyInAnyOrder(0, 1, 2, 3);

        learn(learner, SampleGradient.of("pick", 1f, new int[] {2 * DirtyChunks.CHUNK_FLOATS}, "a", "b"));

        assertThat(dirtyChunks(learner)).containsExactly(2);
        assertThat(dirtyChunks(learner)).isEmpty();
    }

    private static List<Integer> dirtyChunks(PolicyLearner learner) {
        List<Integer> chunks = new ArrayList<>();
        learner.vectors().writeDirty((vector, chunk, values) -> {
            if (vector == 0) {
                chunks.add(chunk);
            }
        });
        return chunks;
    }

    @Test
    void takesNoStepWithoutABatch() {
        PolicyLearner learner = PolicyLearner.begin(pick.known(1), 1);

        assertThat(learner.hasBatch()).isFalse();
        assertThat(learner.step()).isEmpty();
        assertThat(learner.hasUnpublishedSteps()).isFalse();
    }

    @Test
    void reportsWhatItHasLearned() {
        PolicyLearner learner = PolicyLearner.begin(pick.known(1), 1);
        LearningStats stats = learn(
                learner,
                SampleGradient.of("pick", 3f, new int[] {1}, "a", "b"),
                SampleGradient.of("pick", 3f, new int[] {2}, "c"));

        assertThat(stats.getTrajectories()).isEqualTo(3);
        assertThat(stats.getTrajectoriesTotal()).isEqualTo(3);
        assertThat(stats.getSteps()).isEqualTo(1);
        assertThat(stats.getRewardMean()).isEqualTo(0.75);
        assertThat(stats.getBaselineMean()).isEqualTo(0.25);
        assertThat(stats.getAdvantageStd()).as("√(0.5 − 0.5²)").isEqualTo(0.5);
        assertThat(stats.getGradientNorm()).isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(stats.getEntropy()).as("nats an action").isEqualTo(1.5);
        assertThat(stats.getApproximateKl()).isCloseTo(0.01, within(1e-12));
        assertThat(stats.getClippedFraction()).isZero();
        assertThat(stats.getEffectiveSampleSize()).isEqualTo(3);
        assertThat(stats.getStalenessMean()).isEqualTo(7 / 3.0);
        assertThat(stats.getStalenessMin()).isEqualTo(1);
        assertThat(stats.getStalenessMax()).isEqualTo(3);
        assertThat(stats.getAdvantageMean()).isEqualTo(0.5);
        assertThat(stats.getDemonstrations()).isZero();
        assertThat(stats.getOldestRewardAppendedAt().toEpochMilli()).isEqualTo(SampleGradient.APPENDED_AT_MS);
        assertThat(stats.getNewestRewardAppendedAt().toEpochMilli()).isEqualTo(SampleGradient.APPENDED_AT_MS);
    }

    @Test
    void countsFewerEffectiveSamplesWhereWeightsDiffer() {
        var statistics = new BatchStatistics();
        statistics.trajectories = 2;
        statistics.weightSum = 4;
        statistics.weightSquaredSum = 10;
        statistics.clipped = 1;
        LearningStats stats = learn(
                PolicyLearner.begin(pick.known(1), 1),
                SampleGradient.of("pick", new SparseRows(1, new int[] {1}, new float[] {1}), statistics, "a", "b"));

        assertThat(stats.getEffectiveSampleSize()).as("(3 + 1)² / (9 + 1)").isEqualTo(1.6);
        assertThat(stats.getClippedFraction()).isEqualTo(0.5);
    }

    @Test
    void measuresTheLinksOfTheLagChain() throws Exception {
        LearningStats stats =
                learn(PolicyLearner.begin(pick.known(1), 1), SampleGradient.of("pick", 1f, ROWS, "a", "b"));

        assertLag(stats.getObservedToAppended(), 10);
        assertLag(stats.getAppendedToJoined(), 15);
        assertLag(stats.getJoinedToPublished(), 75);
        assertLag(stats.getAppendedToPublished(), 90);
    }

    private static void assertLag(ByteBuffer encoded, long millis) throws DataFormatException {
        Histogram histogram = Histogram.decodeFromByteBuffer(encoded.duplicate(), 0);
        assertThat(histogram.getTotalCount()).isEqualTo(2);
        assertThat(histogram.getMaxValue()).isEqualTo(millis);
        assertThat(histogram.getMinValue()).isEqualTo(millis);
    }

    @Test
    void measuresNoLagOfTrajectoriesWithoutARewardOfTheirOwn() {
        PartialGradient sample = SampleGradient.of("pick", 1f, ROWS, "a", "b");
        var defaulted =
                new LearnedTrajectories(new String[] {"a", "b"}, new long[2], new long[2], new long[] {1_000, 1_000});
        LearningStats stats = learn(
                PolicyLearner.begin(pick.known(1), 1),
                new PartialGradient("pick", sample.gradient(), sample.statistics(), sample.totals(), defaulted));

        assertThat(stats.getAppendedToPublished()).isNull();
        assertThat(stats.getObservedToAppended()).isNull();
        assertThat(stats.getOldestRewardAppendedAt()).isNull();
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
