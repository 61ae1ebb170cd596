package io.millrace.local.demo;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.schemas.DeadLetter;
import java.util.Map;
import java.util.TreeMap;

/** Counts the dead letters by reason while they are written. */
final class DeadLetterTally implements AutoCloseable {

    private final Map<String, Long> byReason = new TreeMap<>();
    private final TopicTail<DeadLetter> tail;

    DeadLetterTally(KafkaAccess kafka) {
        this.tail = TopicTail.follow(kafka, kafka.topics().deadLetters(), this::count);
    }

    private synchronized void count(DeadLetter letter) {
        byReason.merge(letter.getReason().name(), 1L, Long::sum);
    }

    synchronized Map<String, Long> read() {
        return new TreeMap<>(byReason);
    }

    @Override
    public void close() {
        tail.close();
    }
}
