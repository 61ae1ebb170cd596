package io.millrace.local.admin;

import io.millrace.policy.Policies;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a policy's newest θ as a replica would: the newest snapshot, then every delta since. */
public final class PublishedParameters {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedParameters.class);

    /** Clocks differ: so long before the snapshot's creation the deltas after it are sought. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final KafkaAccess kafka;

    public PublishedParameters(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * The newest parameters at the time of the call.
     *
     * @throws IllegalStateException when none were published, or some are missing
     */
    public PolicyParameters newest(PolicyDefinition definition) {
        String policy = definition.policy();
        ParameterLayout layout = Policies.create(definition).layout();
        ParameterReplica replica = ParameterReplica.singleThreaded(policy, layout);
        Instant createdAt = offerSnapshots(replica)
                .orElseThrow(() -> new IllegalStateException("parameters: expected a published snapshot of policy '"
                        + policy + "', found none; start the learner ('millrace learn' or 'millrace up')"));
        Topic<ParameterUpdate> updates = kafka.topics().parameters();
        new TopicScan(kafka).scanFrom(createdAt.minus(MARGIN), updates, offer(updates, replica));
        if (replica.needsResync()) {
            throw new IllegalStateException("parameters: expected all updates of policy '" + policy
                    + "' since its snapshot, found: " + replica.lastProblem() + "; try again after the next snapshot");
        }
        return replica.read(theta -> new PolicyParameters(
                definition,
                layout,
                theta.epoch(),
                theta.version(),
                theta.values().clone()));
    }

    /** When the newest of them was created. */
    private Optional<Instant> offerSnapshots(ParameterReplica replica) {
        Topic<ParameterSnapshot> topic = kafka.topics().snapshots();
        var newest = new Instant[] {Instant.MIN};
        new TopicScan(kafka)
                .scan(
                        topic,
                        record -> decode(topic, record, replica.policy() + "/")
                                .filter(chunk -> !ImportedParameters.isImported(chunk))
                                .ifPresent(chunk -> {
                                    if (replica.offer(UpdateReader.chunk(chunk)) == ParameterReplica.Outcome.APPLIED) {
                                        newest[0] = chunk.getCreatedAt();
                                    }
                                }));
        return replica.ready() ? Optional.of(newest[0]) : Optional.empty();
    }

    private static Consumer<ConsumerRecord<String, byte[]>> offer(
            Topic<ParameterUpdate> topic, ParameterReplica replica) {
        return record -> decode(topic, record, replica.policy())
                .filter(update -> update.getPolicy().equals(replica.policy()))
                .ifPresent(update -> replica.offer(UpdateReader.chunk(update)));
    }

    private static <R extends SpecificRecord> Optional<R> decode(
            Topic<R> topic, ConsumerRecord<String, byte[]> record, String keyPrefix) {
        if (record.value() == null || !record.key().startsWith(keyPrefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(topic.codec().decode(record.value()));
        } catch (UndecodableException e) {
            LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
