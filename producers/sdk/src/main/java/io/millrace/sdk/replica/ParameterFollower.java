package io.millrace.sdk.replica;

import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.Topics;
import io.millrace.schemas.wire.UndecodableException;
import io.millrace.sdk.kafka.Connection;
import io.millrace.sdk.kafka.Follower;
import io.millrace.sdk.kafka.RecordLog;
import io.millrace.sdk.kafka.TopicPartitions;
import io.millrace.sdk.lag.LagBook;
import io.millrace.sdk.lag.VersionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the policies and parameters topics and keeps the {@link Roster} up to date; the only writer of every replica.
 *
 * <p>No hole at the start: the parameters topic is followed from the end that it has before the snapshots are read, and
 * once they are read it is sought back to a while before what is held then was created. What a replica holds already it
 * ignores; a delta that does not fit brings it back to the snapshots. Meanwhile everything that is held goes on serving.
 */
public final class ParameterFollower implements Follower {

    private static final Logger LOG = LoggerFactory.getLogger(ParameterFollower.class);

    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration SNAPSHOTS_TIMEOUT = Duration.ofSeconds(10);

    /**
     * How long before the creation of what is held the deltas that follow it are sought, by attempt: clocks differ. After
     * the last the whole topic is read.
     */
    private static final List<Duration> MARGINS =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

    private final Topics topics;
    private final Roster roster;
    private final SnapshotReader snapshots;
    private final LagBook lagBook;
    private final UpdateListener listener;
    private final Heartbeats heartbeats;
    private final InstantSource clock;
    private final Resynchronisation resynchronisation = new Resynchronisation();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final LongAdder skipped = new LongAdder();
    private final LongAdder resynchronisations = new LongAdder();

    private List<TopicPartition> parameters = List.of();
    private Map<TopicPartition, Long> policiesEnd = Map.of();

    private ParameterFollower(
            Topics topics,
            Roster roster,
            SnapshotReader snapshots,
            LagBook lagBook,
            UpdateListener listener,
            Heartbeats heartbeats,
            InstantSource clock) {
        this.topics = topics;
        this.roster = roster;
        this.snapshots = snapshots;
        this.lagBook = lagBook;
        this.listener = listener;
        this.heartbeats = heartbeats;
        this.clock = clock;
    }

    /**
     * A follower that keeps {@code roster} up to date and reports of it.
     *
     * @param log what the heartbeats go to
     */
    public static ParameterFollower of(
            Connection connection,
            RecordLog log,
            Roster roster,
            LagBook lagBook,
            UpdateListener listener,
            InstantSource clock,
            Duration heartbeatEvery) {
        Topics topics = connection.topics();
        var snapshots = new SnapshotReader(
                topics.snapshots(), () -> connection.consumer("snapshots"), clock, SNAPSHOTS_TIMEOUT);
        var heartbeats =
                new Heartbeats(connection.settings().replica(), topics.replicas(), roster, log, clock, heartbeatEvery);
        return new ParameterFollower(topics, roster, snapshots, lagBook, listener, heartbeats, clock);
    }

    @Override
    public void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> policies =
                TopicPartitions.of(consumer, topics.policies().name());
        parameters = TopicPartitions.of(consumer, topics.parameters().name());
        var all = new ArrayList<>(policies);
        all.addAll(parameters);
        consumer.assign(all);
        policiesEnd = consumer.endOffsets(policies);
        consumer.seekToBeginning(policies);
        consumer.seekToEnd(parameters);
        // Seeking is lazy: asking for the position makes "the end" the end of now.
        parameters.forEach(consumer::position);
        roster.all().forEach(this::requireParameters);
    }

    @Override
    public void round(Consumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record);
        }
        if (!roster.isLoaded() && reached(consumer, policiesEnd)) {
            roster.loaded();
        }
        resynchroniseWhatIsDue(consumer);
        heartbeats.sendWhenDue();
        if (roster.ready()) {
            ready.countDown();
        }
    }

    private static boolean reached(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.parameters().name())) {
                if (record.value() != null) {
                    take(topics.parameters().codec().decode(record.value()));
                }
            } else if (record.value() == null) {
                roster.remove(new String(record.key(), StandardCharsets.UTF_8));
            } else {
                take(topics.policies().codec().decode(record.value()));
            }
        } catch (UndecodableException e) {
            skipped.increment();
            LOG.warn(
                    "record skipped: {} ({} partition {} offset {})",
                    e.getMessage(),
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private void take(PolicySpec spec) {
        if (roster.apply(spec)) {
            roster.find(spec.getPolicy()).ifPresent(this::requireParameters);
        }
    }

    private void requireParameters(ServedPolicy policy) {
        if (policy.hasModel()) {
            resynchronisation.require(policy.name(), clock.instant());
        }
    }

    private void take(ParameterUpdate update) {
        lagBook.published(update);
        roster.find(update.getPolicy()).filter(ServedPolicy::hasModel).ifPresent(policy -> offer(update, policy));
    }

    private void offer(ParameterUpdate update, ServedPolicy policy) {
        Instant now = clock.instant();
        Outcome outcome = policy.offer(UpdateReader.chunk(update), Published.of(update), now);
        switch (outcome) {
            case APPLIED -> resynchronisation.settled(policy.name());
            case GAP, CORRUPT -> {
                if (resynchronisation.require(policy.name(), now) && policy.ready()) {
                    policy.countGap();
                    LOG.info("policy {}: {}; reading the snapshots", policy.name(), policy.replicaProblem());
                }
            }
            case PARTIAL, IGNORED -> {}
        }
        tellListener(update, outcome, now);
    }

    private void tellListener(ParameterUpdate update, Outcome outcome, Instant now) {
        try {
            listener.onUpdate(update.getPolicy(), update, outcome, now);
        } catch (RuntimeException e) {
            LOG.error("update listener failed on policy {} version {}", update.getPolicy(), update.getVersion(), e);
        }
    }

    private void resynchroniseWhatIsDue(Consumer<byte[], byte[]> consumer) {
        Set<String> due = resynchronisation.due(clock.instant());
        if (due.isEmpty()) {
            return;
        }
        Map<String, List<ParameterSnapshot>> found = new HashMap<>();
        boolean read = false;
        try {
            found.putAll(snapshots.read(due));
            resynchronisations.increment();
            read = true;
        } catch (KafkaException e) {
            LOG.warn("snapshots not read: {}", e.getMessage());
        }
        for (String name : due) {
            roster.find(name)
                    .ifPresentOrElse(
                            policy -> resynchronise(policy, found.getOrDefault(name, List.of()), consumer),
                            () -> resynchronisation.forget(name));
        }
        if (read) {
            due.forEach(name -> roster.find(name).ifPresent(ServedPolicy::snapshotSought));
        }
    }

    private void resynchronise(ServedPolicy policy, List<ParameterSnapshot> chunks, Consumer<byte[], byte[]> consumer) {
        for (ParameterSnapshot chunk : chunks) {
            if (policy.wants(new VersionId(chunk.getEpoch(), chunk.getVersion()))) {
                policy.offer(UpdateReader.chunk(chunk), Published.of(chunk), clock.instant());
            }
        }
        int attempt = resynchronisation.attempts(policy.name());
        if (policy.ready() && attempt < MARGINS.size()) {
            seekBack(consumer, policy.applied().createdAt().minus(MARGINS.get(attempt)));
        } else if (attempt == MARGINS.size()) {
            consumer.beginningOffsets(parameters).forEach(consumer::seek);
        }
        resynchronisation.attempted(policy.name(), clock.instant(), policy.needsResync());
    }

    private void seekBack(Consumer<byte[], byte[]> consumer, Instant time) {
        var times = new HashMap<TopicPartition, Long>();
        parameters.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            // Null: everything in the partition is older, so nothing has been missed.
            if (found != null && found.offset() < consumer.position(partition)) {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** Tells the other replicas that this one goes; called once the thread that follows has ended. */
    public void takeLeave() {
        heartbeats.takeLeave();
    }

    /** Open once the roster has been ready. */
    public CountDownLatch ready() {
        return ready;
    }

    /** Records that could not be decoded. */
    public long skipped() {
        return skipped.sum() + snapshots.skipped();
    }

    /** Times that the snapshots topic was read. */
    public long resynchronisations() {
        return resynchronisations.sum();
    }
}
