package io.millrace.local.admin;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the records of dead letters to their topics again, byte for byte: once what kept them from being used is mended.
 *
 * <p>Nothing is learned twice by it. A dead letter was not learned, except perhaps a late output, which is not sent, nor is one
 * that contradicts a step that was taken. Equal records are sent once, however often they have been refused, and what was sent
 * is marked ({@link ReplayMarks}), so that another call sends only what was refused since. Where a call ends before its marks are written, the next one sends again: the join drops what it knows, by trajectory,
 * step and reward id, for as long as the reward window lasts.
 */
public final class DeadLetterReplay {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReplay.class);

    private final KafkaAccess kafka;
    private final String outputs;
    private final Set<String> events;

    public DeadLetterReplay(KafkaAccess kafka) {
        this.kafka = kafka;
        this.outputs = kafka.topics().generations().name();
        this.events = Set.of(outputs, kafka.topics().rewards().name());
    }

    /** What to do with what is found. */
    public enum Mode {
        COUNT,
        SEND
    }

    /**
     * What was found.
     *
     * @param matching dead letters that were meant, by reason
     * @param replayable records to send: those that can be, equal ones once
     * @param repeated dead letters whose record equals one of these
     * @param replayedBefore dead letters whose record has been sent since they were written
     * @param notReplayable dead letters whose record cannot be sent again, by why
     * @param sent records that Kafka has taken
     */
    public record Report(
            Map<String, Long> matching,
            long replayable,
            long repeated,
            long replayedBefore,
            Map<String, Long> notReplayable,
            long sent) {}

    /**
     * Reads all dead letters there are now, and sends the records of those that are meant.
     *
     * @throws KafkaAwayException when Kafka does not take them all; the next call sends them again
     */
    public Report replay(DeadLetterFilter filter, Mode mode) {
        Topic<DeadLetter> topic = kafka.topics().deadLetters();
        ReplayMarks before = ReplayMarks.read(kafka, topic);
        try (var run = new Run(before, mode == Mode.SEND ? RecordSending.open(kafka) : null)) {
            new TopicScan(kafka).scan(topic, record -> {
                if (record.value() == null) {
                    return;
                }
                try {
                    DeadLetter letter = topic.codec().decode(record.value());
                    if (filter.matches(letter)) {
                        run.take(letter, record);
                    }
                } catch (UndecodableException e) {
                    LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
                }
            });
            return run.finish();
        }
    }

    private final class Run implements AutoCloseable {

        private final ReplayMarks before;
        private final ReplayMarks marks = new ReplayMarks();
        private final @Nullable RecordSending sending;
        private final Map<String, Long> matching = new TreeMap<>();
        private final Map<String, Long> notReplayable = new TreeMap<>();
        private final Set<String> digests = new HashSet<>();
        private long repeated;
        private long replayedBefore;

        Run(ReplayMarks before, @Nullable RecordSending sending) {
            this.before = before;
            this.sending = sending;
        }

        void take(DeadLetter letter, ConsumerRecord<String, byte[]> record) {
            matching.merge(letter.getReason().name(), 1L, Long::sum);
            Optional<String> obstacle = obstacle(letter);
            if (obstacle.isPresent()) {
                notReplayable.merge(obstacle.get(), 1L, Long::sum);
                return;
            }
            byte[] key = bytes(letter.getOriginalKey());
            byte[] value = bytes(letter.getOriginalValue());
            String digest = digest(letter.getOriginTopic(), key, value);
            if (before.cover(digest, record)) {
                replayedBefore++;
                return;
            }
            marks.add(digest, record.partition(), record.offset());
            if (!digests.add(digest)) {
                repeated++;
            } else if (sending != null) {
                sending.replay(letter.getOriginTopic(), key, value);
            }
        }

        Report finish() {
            if (sending != null) {
                sending.finish();
                marks.send(sending, kafka.topics().deadLetters().name());
            }
            return new Report(
                    matching,
                    digests.size(),
                    repeated,
                    replayedBefore,
                    notReplayable,
                    sending == null ? 0 : digests.size());
        }

        @Override
        public void close() {
            if (sending != null) {
                sending.close();
            }
        }
    }

    private Optional<String> obstacle(DeadLetter letter) {
        ByteBuffer value = letter.getOriginalValue();
        if (letter.getOriginOffset() < 0) {
            return Optional.of("not of a record");
        }
        if (!events.contains(letter.getOriginTopic())) {
            return Optional.of("of another topic");
        }
        if (letter.getReason() == DeadLetterReason.LATE
                && letter.getOriginTopic().equals(outputs)) {
            return Optional.of("late output, perhaps learned");
        }
        if (letter.getReason() == DeadLetterReason.DUPLICATE_CONFLICT) {
            return Optional.of("contradicts what was taken");
        }
        if (value == null || value.remaining() < letter.getOriginalSize()) {
            return Optional.of("record cut off");
        }
        return Optional.empty();
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String digest(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            add(topic.getBytes(StandardCharsets.UTF_8), sha);
            add(key, sha);
            add(value, sha);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: expected in every Java, found none", e);
        }
    }

    /** With its length, so that no two lists of parts are the same bytes. */
    private static void add(byte @Nullable [] part, MessageDigest sha) {
        sha.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : part.length)
                .flip());
        if (part != null) {
            sha.update(part);
        }
    }
}
