package io.millrace.local.admin;

import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.PolicyCommand;
import io.millrace.schemas.PolicyCommandKind;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.Topic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The policies topic: what it says now, and changes to it. Every change is a whole new record of a higher revision. Two
 * people who change one policy in the same second would both take the same revision; the later record wins.
 */
public final class PolicyAdmin {

    private final KafkaAccess kafka;
    private final InstantSource clock;
    private final Topic<PolicySpec> topic;

    public PolicyAdmin(KafkaAccess kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
        this.topic = kafka.topics().policies();
    }

    /** Applies a definition where no policy of its name has ever been; leaves what is there as it is, deleted ones too. */
    public void applyIfUnknown(PolicyDefinition definition) {
        if (!newest().containsKey(definition.policy())) {
            AppliedPolicy ignored = apply(definition);
        }
    }

    /**
     * Makes {@code definition} the policy's specification; whether it is paused stays as it was.
     *
     * @throws io.millrace.policy.spec.PolicySpecException when the policy exists and what it has learned does not fit
     */
    public AppliedPolicy apply(PolicyDefinition definition) {
        Optional<PolicySpec> newest = newest(definition.policy());
        newest.ifPresent(known -> ModelChange.refuse(known, definition));
        String json = definition.toJson();
        if (newest.isPresent() && newest.get().getSpecification().equals(json)) {
            return applied(newest.get(), false);
        }
        PolicySpec spec = PolicySpec.newBuilder()
                .setPolicy(definition.policy())
                .setRevision(newest.map(PolicySpec::getRevision).orElse(0L) + 1)
                .setSpecification(json)
                .setPaused(newest.map(PolicySpec::getPaused).orElse(false))
                .setAppliedAt(clock.instant())
                .setAppliedBy(System.getProperty("user.name"))
                .build();
        write(spec);
        return applied(spec, true);
    }

    /** Holds the policy's updates back. */
    public AppliedPolicy pause(String policy) {
        return setPaused(policy, true);
    }

    /** Lets the policy learn again. */
    public AppliedPolicy resume(String policy) {
        return setPaused(policy, false);
    }

    /** Tells the learner to go back to a version. */
    public AppliedPolicy rollBack(String policy, KeptVersion to) {
        PolicySpec now = show(policy);
        return command(
                PolicySpec.newBuilder(now), now.getRevision(), PolicyCommandKind.ROLLBACK, to.epoch(), to.version());
    }

    /** Makes {@code definition} the policy's specification and tells the learner to start from an import. */
    AppliedPolicy bringIn(PolicyDefinition definition, long importId) {
        Optional<PolicySpec> newest = newest(definition.policy());
        PolicySpec.Builder spec = newest.map(PolicySpec::newBuilder)
                .orElseGet(() -> PolicySpec.newBuilder().setPolicy(definition.policy()))
                .setSpecification(definition.toJson());
        long revision = newest.map(PolicySpec::getRevision).orElse(0L);
        return command(spec, revision, PolicyCommandKind.IMPORT, ImportedParameters.EPOCH, importId);
    }

    private AppliedPolicy command(
            PolicySpec.Builder spec, long revision, PolicyCommandKind kind, long epoch, long version) {
        PolicySpec commanded = spec.setRevision(revision + 1)
                .setCommand(PolicyCommand.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setKind(kind)
                        .setEpoch(epoch)
                        .setVersion(version)
                        .build())
                .setAppliedAt(clock.instant())
                .setAppliedBy(System.getProperty("user.name"))
                .build();
        write(commanded);
        return applied(commanded, true);
    }

    /** Every policy that has not been withdrawn, by name. */
    public List<PolicySpec> list() {
        List<PolicySpec> specs = new ArrayList<>(newest().values());
        specs.removeIf(PolicySpec::getDeleted);
        specs.sort(Comparator.comparing(PolicySpec::getPolicy));
        return specs;
    }

    /**
     * One policy.
     *
     * @throws NoSuchPolicyException when there is none of that name
     */
    public PolicySpec show(String policy) {
        List<PolicySpec> specs = list();
        return specs.stream()
                .filter(spec -> spec.getPolicy().equals(policy))
                .findFirst()
                .orElseThrow(() -> new NoSuchPolicyException(
                        policy, specs.stream().map(PolicySpec::getPolicy).toList()));
    }

    private AppliedPolicy setPaused(String policy, boolean paused) {
        PolicySpec now = show(policy);
        if (now.getPaused() == paused) {
            return applied(now, false);
        }
        PolicySpec spec = PolicySpec.newBuilder(now)
                .setRevision(now.getRevision() + 1)
                .setPaused(paused)
                .setCommand(null)
                .setAppliedAt(clock.instant())
                .setAppliedBy(System.getProperty("user.name"))
                .build();
        write(spec);
        return applied(spec, true);
    }

    private static AppliedPolicy applied(PolicySpec spec, boolean changed) {
        return new AppliedPolicy(spec.getPolicy(), spec.getRevision(), spec.getPaused(), changed);
    }

    private Optional<PolicySpec> newest(String policy) {
        return Optional.ofNullable(newest().get(policy)).filter(spec -> !spec.getDeleted());
    }

    private Map<String, PolicySpec> newest() {
        return new TopicScan(kafka).newestByKey(topic);
    }

    private void write(PolicySpec spec) {
        new RecordWriter(kafka).write(topic, spec.getPolicy(), spec);
    }
}
