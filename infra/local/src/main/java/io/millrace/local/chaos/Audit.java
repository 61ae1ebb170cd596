package io.millrace.local.chaos;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.KafkaAwayException;
import io.millrace.local.admin.PublishedParameters;
import io.millrace.local.audit.LineageTree;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.policy.spec.PolicyDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a cluster that nobody troubles any more has learned all it was given, and looks what that is. */
final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final Duration STANDSTILL = Duration.ofSeconds(45);
    private static final Duration AGREEMENT = Duration.ofSeconds(30);
    /** What is learned twice may come when nothing is missing any more; longer than any batch waits. */
    private static final Duration LAST_TO_COME = Duration.ofSeconds(5);

    private static final long LOOK_EVERY_MILLIS = 250;

    private final Evidence evidence;
    private final KafkaAccess kafka;
    private final PolicyDefinition policy;

    Audit(Evidence evidence, KafkaAccess kafka, PolicyDefinition policy) {
        this.evidence = evidence;
        this.kafka = kafka;
        this.policy = policy;
    }

    /** @param replicas names of those that serve */
    Findings look(long[] acknowledged, boolean settled, List<String> replicas) throws InterruptedException {
        awaitLearned(acknowledged);
        List<ReplicaAgreement.Row> rows = awaitAgreement(replicas);
        return new Findings(evidence.audit(acknowledged), settled, rows, thetaFinite());
    }

    /** Until nothing is missing and nothing more comes, or the lineage has stood still for too long. */
    private void awaitLearned(long[] acknowledged) throws InterruptedException {
        long learned = -1;
        Instant last = Instant.now();
        while (true) {
            long now = evidence.lineage().head().trajectoriesTotal();
            if (now > learned) {
                learned = now;
                last = Instant.now();
            }
            Duration patience = evidence.audit(acknowledged).lost() == 0 ? LAST_TO_COME : STANDSTILL;
            if (Instant.now().isAfter(last.plus(patience))) {
                return;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Until each has reported the newest version and a checksum of θ at it. */
    private List<ReplicaAgreement.Row> awaitAgreement(List<String> replicas) throws InterruptedException {
        Instant deadline = Instant.now().plus(AGREEMENT);
        while (true) {
            LineageTree.Head head = evidence.lineage().head();
            List<ReplicaAgreement.Row> rows = evidence.agreement().rows().stream()
                    .filter(row -> replicas.contains(row.id()))
                    .toList();
            boolean there = rows.size() == replicas.size()
                    && rows.stream()
                            .allMatch(row -> row.thetaChecked()
                                    && row.epoch() == head.epoch()
                                    && row.version() == head.version());
            if (there || Instant.now().isAfter(deadline)) {
                return rows;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** By the topics alone, as a replica that starts now would find it. */
    private boolean thetaFinite() {
        try {
            float[] theta = new PublishedParameters(kafka).newest(policy).theta();
            return theta.length > 0 && IntStream.range(0, theta.length).allMatch(i -> Float.isFinite(theta[i]));
        } catch (IllegalStateException | KafkaAwayException e) {
            LOG.warn("θ could not be read", e);
            return false;
        }
    }
}
