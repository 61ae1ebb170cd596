package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the join refuses at the door. */
class IntakeTest {

    private static final RawRecord STEP = generation("t", 0, true, START_MS);

    @Test
    void refusesRewardsSoLargeThatTheyWouldSpoilEveryAverage() {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", -1e300, START_MS));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("value: expected a magnitude of at most");
    }

    @Test
    void refusesAnUnknownMetricAndNamesTheKnownOnes() {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", 1, START_MS, r -> r.setName("dwell")));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("dwell", "score", "thumbs");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesRewardsThatAreNoNumbers(double value) {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", value, START_MS));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.NON_FINITE);
        join.take(reward("t", "r2", 1, START_MS));
        assertThat(join.joined).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesLogProbsThatAreNoNumbers(float logProb) {
        JoinFixture join = with("").take(generation("t", 0, true, START_MS, g -> g.setLogProbs(List.of(-1f, logProb))));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.NON_FINITE);
    }

    @Test
    void refusesActionsOutsideTheVocabulary() {
        JoinFixture join = with("").take(generation("t", 0, true, START_MS, g -> g.setActions(List.of(1, 3))));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.UNKNOWN_ACTION);
    }

    @Test
    void refusesBytesThatAreNoRecord() {
        var garbage = new RawRecord(RawRecord.Kind.GENERATION, "t", new byte[] {1, 2, 3}, 0, 7, START_MS);
        assertThat(with("").take(garbage).reasons()).containsExactly(DeadLetterReason.UNDECODABLE);
    }

    @Test
    void refusesAnUnknownSchemaFingerprint() {
        byte[] value = STEP.value().clone();
        value[5] ^= 0x55;
        var unknown = new RawRecord(RawRecord.Kind.GENERATION, "t", value, 0, 7, START_MS);
        assertThat(with("").take(unknown).reasons()).containsExactly(DeadLetterReason.UNKNOWN_SCHEMA);
    }

    @Test
    void refusesARecordOfTwoMegabytes() {
        var big = new RawRecord(RawRecord.Kind.GENERATION, "t", new byte[2_000_000], 0, 7, START_MS);
        assertThat(with("").take(big).reasons()).containsExactly(DeadLetterReason.OVERSIZED);
    }

    @Test
    void refusesAKeyThatIsNotTheTrajectorysId() {
        var wrongKey = new RawRecord(RawRecord.Kind.GENERATION, "u", STEP.value(), 0, 7, START_MS);
        assertThat(with("").take(wrongKey).reasons()).containsExactly(DeadLetterReason.INVALID);
    }

    @Test
    void refusesATimeFarAheadOfTheBrokersClock() {
        JoinFixture join = with("").take(generation(
                "t", 0, true, START_MS, g -> g.setProducedAt(Instant.ofEpochMilli(START_MS + 3_600_000))));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.CLOCK_SKEW);
    }
}
