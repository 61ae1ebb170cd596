package io.millrace.local.admin;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters that Kafka still holds. */
public final class DeadLetterArchive {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterArchive.class);

    private final KafkaAccess kafka;

    public DeadLetterArchive(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * What was found.
     *
     * @param counts by reason, of all
     * @param newest of those that were asked for, oldest first
     */
    public record Listing(Map<String, Long> counts, List<DeadLetterView> newest) {}

    /** Counts all, and gives the newest {@code atMost} of one reason, or of any. */
    public Listing list(Optional<DeadLetterReason> reason, int atMost) {
        Topic<DeadLetter> topic = kafka.topics().deadLetters();
        Map<String, Long> counts = new TreeMap<>();
        Deque<DeadLetterView> newest = new ArrayDeque<>();
        new TopicScan(kafka).scan(topic, record -> {
            if (record.value() == null) {
                return; // a mark of a replay
            }
            try {
                DeadLetter letter = topic.codec().decode(record.value());
                counts.merge(letter.getReason().name(), 1L, Long::sum);
                if (reason.isEmpty() || reason.get() == letter.getReason()) {
                    newest.addLast(DeadLetterView.of(letter));
                }
                if (newest.size() > atMost) {
                    newest.removeFirst();
                }
            } catch (UndecodableException e) {
                LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
            }
        });
        return new Listing(counts, List.copyOf(newest));
    }
}
