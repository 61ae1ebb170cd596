package io.millrace.local.endtoend;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.LineageEntry;
import io.millrace.local.audit.LineageTree;
import io.millrace.policy.Policies;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Everything that the learner has published, read from the topic itself: what replicas say is compared with this. */
final class PublishedUpdates implements AutoCloseable {

    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final TopicTail<ParameterUpdate> tail;

    private static final class History {
        private final LineageTree lineage = new LineageTree();
        private final List<ParameterUpdate> updates = new ArrayList<>();

        synchronized void add(ParameterUpdate update) {
            updates.add(update);
            LineageEntry.of(update).ifPresent(lineage::add);
        }

        synchronized List<ParameterUpdate> updates() {
            return List.copyOf(updates);
        }
    }

    private PublishedUpdates(KafkaAccess kafka) {
        this.tail = TopicTail.follow(kafka, kafka.topics().parameters(), this::add);
    }

    static PublishedUpdates of(KafkaAccess kafka) {
        return new PublishedUpdates(kafka);
    }

    private void add(ParameterUpdate update) {
        history(update.getPolicy()).add(update);
    }

    private History history(String policy) {
        return histories.computeIfAbsent(policy, name -> new History());
    }

    /** Where θ stands. */
    LineageTree.Head head(String policy) {
        return history(policy).lineage.head();
    }

    /** Trajectories that θ has learned, by the learner's own count. */
    long learned(String policy) {
        return head(policy).trajectoriesTotal();
    }

    /** Hashes of the trajectories in θ's lineage. */
    long[] learnedHashes(String policy) {
        return history(policy).lineage.path().learned();
    }

    /** What should have been learned, compared with θ's lineage. */
    Ledger audit(String policy, long[] expected) {
        LineageTree.Path path = history(policy).lineage.path();
        return Ledger.compare(expected, path.learned(), path.missingUpdates());
    }

    /** All updates of the policy, oldest first. */
    List<ParameterUpdate> of(String policy) {
        return history(policy).updates();
    }

    /** Every (epoch, version) that was published. */
    Set<VersionId> versions(String policy) {
        return of(policy).stream()
                .map(update -> new VersionId(update.getEpoch(), update.getVersion()))
                .collect(Collectors.toSet());
    }

    /** θ after all updates so far. */
    float[] theta(PolicyDefinition policy) {
        ParameterReplica replica = ParameterReplica.singleThreaded(
                policy.policy(), Policies.create(policy).layout());
        of(policy.policy()).forEach(update -> replica.offer(UpdateReader.chunk(update)));
        return replica.read(theta -> theta.values().clone());
    }

    @Override
    public void close() {
        tail.close();
    }
}
