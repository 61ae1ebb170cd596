package io.millrace.learner.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final Instant NOW = Instant.ofEpochMilli(2_000);

    @Test
    void carriesTheRecordAndWhereItCameFrom() {
        DeadLetter letter = DeadLetters.of(
                DeadLetterReason.LATE, "why", "pick", new Origin("rewards", 3, 41, 1_000, "t", new byte[] {1, 2}), NOW);

        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.LATE);
        assertThat(letter.getDetail()).isEqualTo("why");
        assertThat(letter.getPolicy()).isEqualTo("pick");
        assertThat(letter.getTrajectoryId()).isEqualTo("t");
        assertThat(letter.getOriginTopic()).isEqualTo("rewards");
        assertThat(letter.getOriginPartition()).isEqualTo(3);
        assertThat(letter.getOriginOffset()).isEqualTo(41);
        assertThat(letter.getOriginTimestamp()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(letter.getOriginalKey()).isEqualTo(ByteBuffer.wrap("t".getBytes(StandardCharsets.UTF_8)));
        assertThat(letter.getOriginalValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(letter.getOriginalSize()).isEqualTo(2);
        assertThat(letter.getRecordedAt()).isEqualTo(NOW);
    }

    @Test
    void staysUnderTheTopicsLimitHoweverLargeTheRecord() {
        byte[] huge = new byte[Topics.MAX_DEAD_LETTER_BYTES + 1];

        DeadLetter letter = DeadLetters.of(
                DeadLetterReason.OVERSIZED,
                "x".repeat(1_000_000),
                null,
                new Origin("rewards", 0, 0, 0, "t", huge),
                NOW);

        assertThat(RecordCodec.of(DeadLetter.class).encode(letter).length)
                .isLessThanOrEqualTo(Topics.MAX_DEAD_LETTER_BYTES);
        assertThat(letter.getOriginalSize()).isEqualTo(huge.length);
        assertThat(letter.getDetail()).hasSize(2_000);
    }
}
