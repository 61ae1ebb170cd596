package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.admin.DeadLetterReplay.Mode;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadLetterReplayIT {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final byte[] VALUE = {0, -1, 7, 10};

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static EmbeddedBroker broker;

    private KafkaAccess kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.temporary());
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopicsOfItsOwn() {
        kafka = new KafkaAccess(
                broker.bootstrapServers(), new Topics("t" + UUID.randomUUID()), Duration.ofSeconds(15), Map.of());
        try (TopicAdmin topics = TopicAdmin.connect(kafka)) {
            topics.create(TopicOptions.DEFAULTS);
        }
    }

    @Test
    void sendsTheOriginalBytesToTheirTopic() {
        write(letter("a"));

        DeadLetterReplay.Report report = replay(DeadLetterFilter.ALL, Mode.SEND);

        assertThat(report).isEqualTo(new DeadLetterReplay.Report(Map.of("UNMATCHED", 1L), 1, 0, 0, Map.of(), 1));
        assertThat(rewards()).containsExactly("a=" + new String(VALUE, StandardCharsets.ISO_8859_1));
    }

    @Test
    void onlyCountsUnlessToldToSend() {
        write(letter("a"));

        DeadLetterReplay.Report report = replay(DeadLetterFilter.ALL, Mode.COUNT);

        assertThat(report.replayable()).isEqualTo(1);
        assertThat(report.sent()).isZero();
        assertThat(rewards()).isEmpty();
    }

    @Test
    void sendsEqualRecordsOnce() {
        write(letter("a"), letter("a").setOriginOffset(9).setReason(DeadLetterReason.LATE), letter("b"), letter("a"));

        DeadLetterReplay.Report report = replay(DeadLetterFilter.ALL, Mode.SEND);

        assertThat(report.repeated()).isEqualTo(2);
        assertThat(report.sent()).isEqualTo(2);
        assertThat(rewards()).extracting(record -> record.charAt(0)).containsExactlyInAnyOrder('a', 'b');
    }

    @Test
    void saysWhatCannotBeSentAgain() {
        write(
                letter("a").setOriginOffset(-1),
                letter("b").setOriginalSize(VALUE.length + 1),
                letter("c").setOriginTopic("somebody-elses"),
                letter("d").setOriginTopic(kafka.topics().policies().name()),
                letter("e").setOriginalValue(null));

        DeadLetterReplay.Report report = replay(DeadLetterFilter.ALL, Mode.SEND);

        assertThat(report.notReplayable())
                .isEqualTo(Map.of("not of a record", 1L, "record cut off", 2L, "of another topic", 2L));
        assertThat(report.sent()).isZero();
    }

    @Test
    void takesOnlyWhatIsMeant() {
        write(
                letter("a"),
                letter("b").setReason(DeadLetterReason.LATE),
                letter("c").setPolicy("other"),
                letter("d").setPolicy(null),
                letter("e").setRecordedAt(NOON.minusMillis(1)),
                letter("f").setRecordedAt(NOON.plusMillis(1)));
        var filter = new DeadLetterFilter(
                Optional.of(DeadLetterReason.UNMATCHED),
                Optional.of("shop"),
                Optional.of(NOON),
                Optional.of(NOON.plusMillis(1)));

        assertThat(replay(filter, Mode.SEND).sent()).isEqualTo(1);
        assertThat(rewards())
                .singleElement()
                .satisfies(record -> assertThat(record).startsWith("a="));
    }

    @Test
    void doesNotSendAgainWhatItHasSentUnlessItWasRefusedAgain() {
        write(letter("a"), letter("b"));
        replay(DeadLetterFilter.ALL, Mode.SEND);

        DeadLetterReplay.Report second = replay(DeadLetterFilter.ALL, Mode.SEND);
        assertThat(second.replayedBefore()).isEqualTo(2);
        assertThat(second.sent()).isZero();

        write(letter("b").setOriginOffset(77));
        DeadLetterReplay.Report third = replay(DeadLetterFilter.ALL, Mode.SEND);
        assertThat(third.replayedBefore()).isEqualTo(2);
        assertThat(third.sent()).isEqualTo(1);
        assertThat(rewards()).extracting(record -> record.charAt(0)).containsExactlyInAnyOrder('a', 'b', 'b');
    }

    @Test
    void leavesTheListOfDeadLettersAsItWas() {
        write(letter("a"));
        replay(DeadLetterFilter.ALL, Mode.SEND);

        assertThat(new DeadLetterArchive(kafka).list(Optional.empty(), 10).counts())
                .isEqualTo(Map.of("UNMATCHED", 1L));
    }

    @Test
    void marksNothingWhenItOnlyCounts() {
        write(letter("a"));
        replay(DeadLetterFilter.ALL, Mode.COUNT);

        assertThat(replay(DeadLetterFilter.ALL, Mode.SEND).sent()).isEqualTo(1);
    }

    @Test
    void saysWhenKafkaDoesNotTakeARecord() {
        byte[] tooLarge = new byte[2 << 20];
        write(letter("a").setOriginalValue(ByteBuffer.wrap(tooLarge)).setOriginalSize(tooLarge.length));

        assertThatThrownBy(() -> replay(DeadLetterFilter.ALL, Mode.SEND)).isInstanceOf(KafkaAwayException.class);
    }

    @Test
    void refusesATimeThatEndsBeforeItBegins() {
        assertThatThrownBy(() ->
                        new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.of(NOON), Optional.of(NOON)))
                .hasMessageContaining("--since: expected a time before --until");
    }

    private DeadLetterReplay.Report replay(DeadLetterFilter filter, Mode mode) {
        return new DeadLetterReplay(kafka).replay(filter, mode);
    }

    private void write(DeadLetter.Builder... letters) {
        for (DeadLetter.Builder letter : letters) {
            new RecordWriter(kafka).write(kafka.topics().deadLetters(), "key", letter.build());
        }
    }

    private DeadLetter.Builder letter(String key) {
        return DeadLetter.newBuilder()
                .setReason(DeadLetterReason.UNMATCHED)
                .setDetail("expected its generation, found none")
                .setPolicy("shop")
                .setOriginTopic(kafka.topics().rewards().name())
                .setOriginPartition(0)
                .setOriginOffset(1)
                .setOriginTimestamp(NOON)
                .setOriginalKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .setOriginalValue(ByteBuffer.wrap(VALUE))
                .setOriginalSize(VALUE.length)
                .setRecordedAt(NOON);
    }

    private List<String> rewards() {
        List<String> found = new ArrayList<>();
        new TopicScan(kafka)
                .scan(
                        kafka.topics().rewards(),
                        record -> found.add(
                                record.key() + "=" + new String(record.value(), StandardCharsets.ISO_8859_1)));
        return found;
    }
}
