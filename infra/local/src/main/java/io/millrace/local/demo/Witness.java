package io.millrace.local.demo;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.schemas.DeadLetter;
import java.util.Map;
import java.util.TreeMap;

/** Follows what the system writes about itself: dead letters, counted by reason, and the replicas' heartbeats. */
final class Witness implements AutoCloseable {

    private final Map<String, Long> deadLettersByReason = new TreeMap<>();
    private final ReplicaAgreement agreement;
    private final TopicTail<?> deadLetters;
    private final TopicTail<?> heartbeats;

    private Witness(KafkaAccess kafka, String policy) {
        this.agreement = new ReplicaAgreement(policy);
        this.deadLetters = TopicTail.follow(kafka, kafka.topics().deadLetters(), this::count);
        this.heartbeats = TopicTail.follow(kafka, kafka.topics().replicas(), agreement::observe);
    }

    static Witness of(KafkaAccess kafka, String policy) {
        return new Witness(kafka, policy);
    }

    private void count(DeadLetter letter) {
        synchronized (deadLettersByReason) {
            deadLettersByReason.merge(letter.getReason().name(), 1L, Long::sum);
        }
    }

    /** Counts by reason. */
    Map<String, Long> deadLetters() {
        synchronized (deadLettersByReason) {
            return new TreeMap<>(deadLettersByReason);
        }
    }

    ReplicaAgreement agreement() {
        return agreement;
    }

    @Override
    public void close() {
        deadLetters.close();
        heartbeats.close();
    }
}
