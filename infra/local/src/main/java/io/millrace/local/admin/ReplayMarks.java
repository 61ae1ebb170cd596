package io.millrace.local.admin;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which dead letters have been replayed: records without a value among them, whose keys say "this record, up to this
 * offset". A record that was refused again after its replay has a dead letter behind its mark, and so can be replayed again.
 */
final class ReplayMarks {

    private static final Pattern KEY = Pattern.compile("replayed/([0-9a-f]{64})/([0-9]{1,18})");

    /** A record, and the partition that dead letters of it lie in. */
    private record Place(String digest, int partition) {}

    private final Map<Place, Long> upTo = new HashMap<>();

    /** All marks there are. */
    static ReplayMarks read(KafkaAccess kafka, Topic<DeadLetter> topic) {
        var marks = new ReplayMarks();
        new TopicScan(kafka).scan(topic, record -> {
            if (record.value() == null && record.key() != null) {
                Matcher key = KEY.matcher(record.key());
                if (key.matches()) {
                    marks.add(key.group(1), record.partition(), Long.parseLong(key.group(2)));
                }
            }
        });
        return marks;
    }

    void add(String digest, int partition, long offset) {
        upTo.merge(new Place(digest, partition), offset, Math::max);
    }

    /** Whether the record of this dead letter was replayed after it was written. */
    boolean cover(String digest, ConsumerRecord<String, byte[]> letter) {
        return letter.offset() <= upTo.getOrDefault(new Place(digest, letter.partition()), -1L);
    }

    /** Writes them beside the dead letters that they are of. */
    void send(RecordSending sending, String topic) {
        upTo.forEach((place, offset) -> sending.send(
                topic,
                place.partition(),
                ("replayed/" + place.digest() + "/" + offset).getBytes(StandardCharsets.UTF_8),
                null));
        sending.finish();
    }
}
