package io.millrace.local.chaos;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.LineageEntry;
import io.millrace.local.audit.LineageTree;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the system writes about itself in Kafka: updates, dead letters, heartbeats. Committed records only. */
final class Evidence implements AutoCloseable {

    private final String policy;
    private final LineageTree lineage = new LineageTree();
    private final ReplicaAgreement agreement;
    private final List<Learned> learned = new ArrayList<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final List<TopicTail<?>> tails;

    /** An update from which something was learned. */
    record Learned(long epoch, long version, Instant createdAt) {}

    Evidence(KafkaAccess kafka, String policy) {
        this.policy = policy;
        this.agreement = new ReplicaAgreement(policy);
        this.tails = List.of(
                TopicTail.follow(kafka, kafka.topics().parameters(), this::take),
                TopicTail.follow(kafka, kafka.topics().deadLetters(), this::count),
                TopicTail.follow(kafka, kafka.topics().replicas(), agreement::observe));
    }

    private void take(ParameterUpdate update) {
        LearningStats stats = update.getStats();
        if (!update.getPolicy().equals(policy) || stats == null) {
            return;
        }
        LineageEntry.of(update).ifPresent(lineage::add);
        if (stats.getTrajectories() > 0) {
            synchronized (learned) {
                learned.add(new Learned(update.getEpoch(), update.getVersion(), update.getCreatedAt()));
            }
        }
    }

    private void count(DeadLetter letter) {
        synchronized (deadLetters) {
            deadLetters.merge(letter.getReason().name(), 1L, Long::sum);
        }
    }

    /** The first update of this epoch or a later one that was made after that time and from which something was learned. */
    Optional<Learned> learnedAfter(Instant time, long epoch) {
        synchronized (learned) {
            return learned.stream()
                    .filter(update ->
                            update.epoch() >= epoch && update.createdAt().isAfter(time))
                    .findFirst();
        }
    }

    /** Of the parameters topic. */
    LineageTree lineage() {
        return lineage;
    }

    ReplicaAgreement agreement() {
        return agreement;
    }

    /** θ's lineage, compared with what should be in it. */
    Ledger audit(long[] expected) {
        LineageTree.Path path = lineage.path();
        return Ledger.compare(expected, path.learned(), path.missingUpdates());
    }

    /** By reason. */
    Map<String, Long> deadLetters() {
        synchronized (deadLetters) {
            return new TreeMap<>(deadLetters);
        }
    }

    @Override
    public void close() {
        tails.forEach(TopicTail::close);
    }
}
