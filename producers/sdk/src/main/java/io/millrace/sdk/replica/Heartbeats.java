package io.millrace.sdk.replica;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.ReplicaRole;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.wire.Topic;
import io.millrace.sdk.kafka.RecordLog;
import io.millrace.sdk.lag.MillisHistogram;
import io.millrace.sdk.lag.ReplicaKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports, now and then, what this replica has applied of every policy, and at its end that it goes. Runs on the thread that
 * applies, {@link #takeLeave} after it.
 */
final class Heartbeats {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    /** A checksum reads the whole of θ. */
    private static final Duration CHECKSUM_EVERY = Duration.ofSeconds(5);

    private final String replicaName;
    private final Topic<ReplicaStatus> topic;
    private final Roster roster;
    private final RecordLog log;
    private final InstantSource clock;
    private final Duration every;
    private final Instant startedAt;
    private final Map<String, Instant> checksummedAt = new HashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private Instant sentAt = Instant.EPOCH;

    Heartbeats(
            String replicaName,
            Topic<ReplicaStatus> topic,
            Roster roster,
            RecordLog log,
            InstantSource clock,
            Duration every) {
        this.replicaName = replicaName;
        this.topic = topic;
        this.roster = roster;
        this.log = log;
        this.clock = clock;
        this.every = every;
        this.startedAt = clock.instant();
    }

    void sendWhenDue() {
        Instant now = clock.instant();
        if (now.isBefore(sentAt.plus(every))) {
            return;
        }
        sentAt = now;
        for (ServedPolicy policy : roster.all()) {
            policy.replica().ifPresent(replica -> send(status(policy, replica, now)));
        }
    }

    /**
     * Says that this replica goes, so that nobody waits for what it applies: a null for every key that it has reported
     * under. Called once the thread that applies has ended.
     */
    void takeLeave() {
        for (String policy : reported) {
            log.delete(
                    topic.name(),
                    key(policy),
                    failure -> failure.ifPresent(e -> LOG.debug("leave of policy {} not told", policy, e)));
        }
        reported.clear();
    }

    private byte[] key(String policy) {
        return ReplicaKey.of(replicaName, policy).getBytes(StandardCharsets.UTF_8);
    }

    private void send(ReplicaStatus status) {
        reported.add(status.getPolicy());
        log.append(
                topic.name(),
                key(status.getPolicy()),
                topic.codec().encode(status),
                failure -> failure.ifPresent(e -> LOG.debug("heartbeat of policy {} lost", status.getPolicy(), e)));
    }

    private ReplicaStatus status(ServedPolicy policy, ParameterReplica replica, Instant now) {
        AppliedVersion applied = policy.applied();
        PolicyLag lag = policy.lag();
        lag.countServed();
        return ReplicaStatus.newBuilder()
                .setReplica(replicaName)
                .setPolicy(policy.name())
                .setRole(ReplicaRole.SERVING)
                .setEpoch(replica.epoch())
                .setVersion(replica.version())
                .setChain(replica.chain())
                .setThetaChecksum(checksumWhenDue(policy.name(), replica, now))
                .setChecksumMatches(replica.checksumMatches())
                .setUpdateCreatedAt(orNull(applied.present() ? Optional.of(applied.createdAt()) : Optional.empty()))
                .setUpdateAppliedAt(orNull(applied.present() ? Optional.of(applied.appliedAt()) : Optional.empty()))
                .setFirstServedAt(orNull(applied.firstServedAt()))
                .setAppendedToApplied(orNull(drain(lag.appendedToApplied())))
                .setPublishedToApplied(orNull(drain(lag.publishedToApplied())))
                .setAppliedToServed(orNull(drain(lag.appliedToServed())))
                .setGenerations(policy.generations())
                .setGaps(policy.gaps())
                .setStartedAt(startedAt)
                .setReportedAt(now)
                .build();
    }

    private @Nullable Integer checksumWhenDue(String policy, ParameterReplica replica, Instant now) {
        Instant last = checksummedAt.getOrDefault(policy, Instant.EPOCH);
        if (!replica.ready() || now.isBefore(last.plus(CHECKSUM_EVERY))) {
            return null;
        }
        checksummedAt.put(policy, now);
        return replica.thetaChecksum();
    }

    private static Optional<ByteBuffer> drain(MillisHistogram histogram) {
        return histogram.isEmpty() ? Optional.empty() : Optional.of(histogram.drain());
    }

    /** Avro's builders take null for what is absent. */
    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
