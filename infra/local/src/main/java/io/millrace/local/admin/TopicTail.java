package io.millrace.local.admin;

import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a topic, from its beginning or from now on, on a thread of its own, until closed. */
public final class TopicTail<R extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Topic<R> topic;
    private final Consumer<R> reader;
    private final Consumer<String> deletions;
    private final KafkaConsumer<String, byte[]> consumer;
    private final BiConsumer<KafkaConsumer<?, ?>, Set<TopicPartition>> start;
    private final Thread thread;

    private TopicTail(
            KafkaAccess kafka,
            Topic<R> topic,
            Consumer<R> reader,
            Consumer<String> deletions,
            BiConsumer<KafkaConsumer<?, ?>, Set<TopicPartition>> start) {
        this.start = start;
        this.topic = topic;
        this.reader = reader;
        this.deletions = deletions;
        this.consumer = ToolConsumer.of(kafka, topic.name());
        this.thread = new Thread(this::run, "tail-" + topic.name());
        thread.setDaemon(true);
    }

    /**
     * Follows from the beginning; {@code reader} runs on the follower's thread.
     *
     * @throws KafkaAwayException when Kafka does not answer
     * @throws NoSuchTopicException when Kafka has no such topic
     */
    public static <R extends SpecificRecord> TopicTail<R> follow(
            KafkaAccess kafka, Topic<R> topic, Consumer<R> reader) {
        return started(new TopicTail<>(kafka, topic, reader, key -> {}, KafkaConsumer::seekToBeginning));
    }

    /** Follows from now on, otherwise as {@link #follow}. */
    public static <R extends SpecificRecord> TopicTail<R> followFromNow(
            KafkaAccess kafka, Topic<R> topic, Consumer<R> reader) {
        return followFromNow(kafka, topic, reader, key -> {});
    }

    /** Follows from now on; {@code deletions} is told the key of every null. */
    public static <R extends SpecificRecord> TopicTail<R> followFromNow(
            KafkaAccess kafka, Topic<R> topic, Consumer<R> reader, Consumer<String> deletions) {
        return started(new TopicTail<>(kafka, topic, reader, deletions, KafkaConsumer::seekToEnd));
    }

    private static <R extends SpecificRecord> TopicTail<R> started(TopicTail<R> tail) {
        tail.thread.start();
        return tail;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            start.accept(consumer, consumer.assignment());
            while (true) {
                consumer.poll(POLL).forEach(this::read);
            }
        } catch (WakeupException e) {
            LOG.debug("No longer following {}", topic.name());
        } catch (KafkaException e) {
            LOG.warn("No longer following {}: {}", topic.name(), e.toString());
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            if (record.key() != null) {
                deletions.accept(record.key());
            }
            return;
        }
        try {
            reader.accept(topic.codec().decode(record.value()));
        } catch (UndecodableException e) {
            LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
        }
    }
}
