package io.millrace.learner.join;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.policy.FeatureHash;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Trajectory;
import io.millrace.policy.UnknownActionException;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Decodes and checks what arrives at the join, so that nothing impossible gets into its state. */
final class Intake {

    /** What became of a record at the door. */
    sealed interface Verdict {

        record Step(KnownPolicy policy, String segment, String group, boolean demonstrated, StoredStep step)
                implements Verdict {}

        record Rewarded(KnownPolicy policy, StoredReward reward) implements Verdict {}

        /** Nobody has told the job of this policy, yet. */
        record UnknownPolicy(String policy) implements Verdict {}

        record Refused(DeadLetterReason reason, String detail, String policy) implements Verdict {}
    }

    private final PolicyCatalog policies;
    private final int maxRecordBytes;
    private final long clockSkewMs;
    private final RecordCodec<Generation> generations = RecordCodec.of(Generation.class);
    private final RecordCodec<Reward> rewards = RecordCodec.of(Reward.class);

    Intake(PolicyCatalog policies, int maxRecordBytes, Duration clockSkew) {
        this.policies = policies;
        this.maxRecordBytes = maxRecordBytes;
        this.clockSkewMs = clockSkew.toMillis();
    }

    Verdict check(RawRecord record) {
        if (record.value().length > maxRecordBytes) {
            return refused(
                    DeadLetterReason.OVERSIZED,
                    "record: expected at most " + maxRecordBytes + " bytes, found " + record.value().length
                            + "; send smaller contexts or raise millrace.max-record-bytes");
        }
        return switch (record.kind()) {
            case GENERATION -> generation(record);
            case REWARD -> reward(record);
        };
    }

    private Verdict generation(RawRecord record) {
        Generation generation;
        try {
            generation = generations.decode(record.value());
        } catch (UndecodableException e) {
            return undecodable(e);
        }
        String name = generation.getPolicy();
        if (!generation.getTrajectoryId().equals(record.key())) {
            return keyMismatch(generation, generation.getTrajectoryId(), record);
        }
        if (generation.getStep() < 0) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID, "step: expected 0 or more, found " + generation.getStep(), name);
        }
        if (isAhead(generation.getProducedAt(), record)) {
            return ahead("producedAt", generation.getProducedAt(), record, name);
        }
        KnownPolicy policy = policies.find(name);
        if (policy == null) {
            return new Verdict.UnknownPolicy(name);
        }
        for (float logProb : generation.getLogProbs()) {
            if (!Float.isFinite(logProb)) {
                return new Verdict.Refused(
                        DeadLetterReason.NON_FINITE, "logProbs: expected finite numbers, found " + logProb, name);
            }
        }
        if (lacksGroup(generation, policy)) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "group: expected one, since estimator.baseline compares outputs of one prompt, found none; ask for the"
                            + " outputs of a prompt under the same group",
                    name);
        }
        try {
            policy.policy().validate(GenerationReader.decision(generation));
        } catch (UnknownActionException e) {
            return new Verdict.Refused(DeadLetterReason.UNKNOWN_ACTION, String.valueOf(e.getMessage()), name);
        } catch (InvalidInputException e) {
            return new Verdict.Refused(DeadLetterReason.INVALID, String.valueOf(e.getMessage()), name);
        }
        boolean cutOff = generation.getActions().isEmpty();
        if (cutOff && (generation.getStep() == 0 || !generation.getLast())) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "actions: expected some, or none in the state that a trajectory was cut off in, which is its last after"
                            + " others, found none in step " + generation.getStep()
                            + (generation.getLast() ? "" : ", not marked last"),
                    name);
        }
        if (cutOff && !policy.definition().estimator().needsValueHead()) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "actions: expected some, since no value of the state that a trajectory was cut off in is learned, found"
                            + " none; set estimator.baseline to critic, or mark the last reward as last instead",
                    name);
        }
        if (!(generation.getWeight() >= 0 && generation.getWeight() <= Trajectory.GREATEST_WEIGHT)) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "weight: expected 0 to " + Trajectory.GREATEST_WEIGHT + ", found " + generation.getWeight(),
                    name);
        }
        // What is replayed was refused when its window was open: another opens for it.
        long eventTime = record.replayed()
                ? record.timestamp()
                : Math.min(generation.getProducedAt().toEpochMilli(), record.timestamp());
        return new Verdict.Step(
                policy,
                orEmpty(generation.getSegment()),
                orEmpty(generation.getGroup()),
                generation.getDemonstrated(),
                new StoredStep(
                        generation.getStep(), generation.getLast(), cutOff, eventTime, generation.getWeight(), record));
    }

    private static boolean lacksGroup(Generation generation, KnownPolicy policy) {
        return policy.definition().estimator().baseline().kind().ofGroup()
                && !generation.getDemonstrated()
                && orEmpty(generation.getGroup()).isEmpty();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Verdict reward(RawRecord record) {
        Reward reward;
        try {
            reward = rewards.decode(record.value());
        } catch (UndecodableException e) {
            return undecodable(e);
        }
        String name = reward.getPolicy();
        if (!reward.getTrajectoryId().equals(record.key())) {
            return keyMismatch(reward, reward.getTrajectoryId(), record);
        }
        if (!Double.isFinite(reward.getValue())) {
            return new Verdict.Refused(
                    DeadLetterReason.NON_FINITE, "value: expected a finite number, found " + reward.getValue(), name);
        }
        if (Math.abs(reward.getValue()) > Trajectory.GREATEST_REWARD) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "value: expected a magnitude of at most " + Trajectory.GREATEST_REWARD + ", found "
                            + reward.getValue() + "; scale the metric",
                    name);
        }
        if (isAhead(reward.getObservedAt(), record)) {
            return ahead("observedAt", reward.getObservedAt(), record, name);
        }
        Integer step = reward.getStep();
        if (step != null && step < 0) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID, "step: expected null, or 0 or more, found " + step, name);
        }
        KnownPolicy policy = policies.find(name);
        if (policy == null) {
            return new Verdict.UnknownPolicy(name);
        }
        var metrics = policy.definition().join().metrics();
        if (!metrics.containsKey(reward.getName())) {
            return new Verdict.Refused(
                    DeadLetterReason.INVALID,
                    "name: expected a metric of the policy " + metrics.keySet() + ", found '" + reward.getName()
                            + "'; add it under join.metrics or mend the sender",
                    name);
        }
        return new Verdict.Rewarded(
                policy,
                new StoredReward(
                        FeatureHash.of(name + '\n' + reward.getRewardId()),
                        step == null ? StoredReward.WHOLE_TRAJECTORY : step,
                        reward.getName(),
                        reward.getValue(),
                        reward.getLast(),
                        Math.min(reward.getObservedAt().toEpochMilli(), record.timestamp()),
                        record));
    }

    private boolean isAhead(Instant time, RawRecord record) {
        return time.toEpochMilli() > record.timestamp() + clockSkewMs;
    }

    private static Verdict ahead(String field, Instant time, RawRecord record, String policy) {
        return new Verdict.Refused(
                DeadLetterReason.CLOCK_SKEW,
                field + ": expected no later than the broker's clock (" + Instant.ofEpochMilli(record.timestamp())
                        + "), found " + time + "; set the sender's clock",
                policy);
    }

    private static Verdict keyMismatch(SpecificRecord value, String trajectoryId, RawRecord record) {
        return refused(
                DeadLetterReason.INVALID,
                "key: expected the " + value.getSchema().getName() + "'s trajectoryId '" + trajectoryId + "', found '"
                        + record.key() + "'; send every record under its trajectory's id");
    }

    private static Verdict undecodable(UndecodableException e) {
        return refused(
                e.reason() == UndecodableException.Cause.UNKNOWN_SCHEMA
                        ? DeadLetterReason.UNKNOWN_SCHEMA
                        : DeadLetterReason.UNDECODABLE,
                String.valueOf(e.getMessage()));
    }

    private static Verdict refused(DeadLetterReason reason, String detail) {
        return new Verdict.Refused(reason, detail, "");
    }
}
