package io.millrace.local.chaos;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topic;
import io.millrace.sdk.Millrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Spoils the event topics: writes records once more some time after they came, which also puts them out of order; writes
 * rewards before the outputs that they are for; and writes bytes that are no record at all.
 */
final class Meddler implements AutoCloseable {

    private static final double DUPLICATED = 0.05;
    private static final double POISONED = 0.01;
    private static final double SWAPPED = 0.02;
    private static final int MOST_DELAY_MS = 2_000;
    private static final int MOST_POISON_BYTES = 200;
    private static final int NOTHING_MISSING = 2;

    private final KafkaAccess kafka;
    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "meddler");
        thread.setDaemon(true);
        return thread;
    });
    private final List<TopicTail<?>> tails;
    private final SwappedPairs pairs;
    private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong poison = new AtomicLong();
    private final AtomicLong swapped = new AtomicLong();
    private volatile boolean open = true;

    /** What was written. */
    record Counts(long duplicatedRecords, long poisonedRecords, long swappedTrajectories) {}

    Meddler(KafkaAccess kafka, String policy, Evidence evidence, long seed) {
        this.kafka = kafka;
        this.random = new Random(seed);
        this.pairs = new SwappedPairs(policy, evidence, seed);
        Map<String, Object> config = kafka.clientConfig();
        config.put("acks", "all");
        config.put("linger.ms", 5);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.tails = List.of(
                TopicTail.followFromNow(
                        kafka,
                        kafka.topics().generations(),
                        again(kafka.topics().generations(), Generation::getTrajectoryId)),
                TopicTail.followFromNow(
                        kafka, kafka.topics().rewards(), again(kafka.topics().rewards(), Reward::getTrajectoryId)));
    }

    /** Begins, at a rate that goes with that of the users. */
    void start(double perSecond) {
        every(1 / (POISONED * 2 * perSecond), this::poison);
        every(1 / (SWAPPED * perSecond), this::swapPair);
    }

    private void every(double seconds, Runnable action) {
        var ignored = clock.scheduleAtFixedRate(
                () -> {
                    if (open) {
                        action.run();
                    }
                },
                0,
                (long) (1e9 * seconds),
                TimeUnit.NANOSECONDS);
    }

    private <R extends SpecificRecord> Consumer<R> again(Topic<R> topic, Function<R, String> key) {
        return record -> {
            if (open && draw() < DUPLICATED) {
                duplicates.incrementAndGet();
                pending.incrementAndGet();
                // Whether Kafka takes it or not: a copy that is lost spoils nothing.
                later(() -> send(
                        topic, key.apply(record), topic.codec().encode(record), failure -> pending.decrementAndGet()));
            }
        };
    }

    private void poison() {
        poison.incrementAndGet();
        byte[] bytes = new byte[1 + (int) (draw() * MOST_POISON_BYTES)];
        fill(bytes);
        Topic<?> topic =
                draw() < 0.5 ? kafka.topics().generations() : kafka.topics().rewards();
        send(topic, "poison-" + poison.get(), bytes, failure -> {});
    }

    /** A trajectory whose reward comes first. It must be learned once Kafka has taken both. */
    private void swapPair() {
        SwappedPairs.Pair pair = pairs.next();
        pending.incrementAndGet();
        AtomicInteger missing = new AtomicInteger(NOTHING_MISSING);
        Consumer<@Nullable Exception> taken = failure -> {
            if (failure == null && missing.decrementAndGet() == 0) {
                acknowledged.add(Millrace.ledgerHash(pair.id()));
                swapped.incrementAndGet();
                pending.decrementAndGet();
            }
        };
        send(
                kafka.topics().rewards(),
                pair.id(),
                kafka.topics().rewards().codec().encode(pair.reward()),
                taken);
        later(() -> send(
                kafka.topics().generations(),
                pair.id(),
                kafka.topics().generations().codec().encode(pair.generation()),
                taken));
    }

    private void later(Runnable action) {
        var ignored = clock.schedule(action, (long) (draw() * MOST_DELAY_MS), TimeUnit.MILLISECONDS);
    }

    private void send(Topic<?> topic, String key, byte[] value, Consumer<@Nullable Exception> done) {
        var ignored = producer.send(
                new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value),
                (metadata, failure) -> done.accept(failure));
    }

    private synchronized double draw() {
        return random.nextDouble();
    }

    private synchronized void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    /** Does nothing new, and waits so long for what it has begun. */
    boolean stop(Duration atMost) throws InterruptedException {
        open = false;
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        while (pending.get() > 0 && System.nanoTime() < deadlineNs) {
            Thread.sleep(20);
        }
        return pending.get() == 0;
    }

    /** Hashes of the trajectories that Kafka has taken whole. */
    long[] acknowledged() {
        return acknowledged.stream().mapToLong(Long::longValue).toArray();
    }

    Counts counts() {
        return new Counts(duplicates.get(), poison.get(), swapped.get());
    }

    @Override
    public void close() {
        tails.forEach(TopicTail::close);
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
