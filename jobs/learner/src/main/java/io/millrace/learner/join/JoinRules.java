package io.millrace.learner.join;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.policy.spec.JoinSpec;
import io.millrace.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the join, without Flink: what a record does to its trajectory, what the deadline does.
 *
 * <p>Every record ends in exactly one of: a joined trajectory, a skipped one, a counted duplicate, a dead letter. The host
 * keeps the state and sets a timer for {@link OpenTrajectory#deadlineMs} whenever that has moved.
 */
final class JoinRules {

    /** Where the rules send what they decide. */
    interface Outlet {
        void emit(JoinedTrajectory trajectory);

        /** A trajectory without reward, of a policy that skips those. */
        void skip();

        void duplicate();

        void refuse(DeadLetterReason reason, String detail, String policy, RawRecord record);
    }

    private final Intake intake;
    private final Outlet outlet;
    private final JoinRefusals refusals;
    private final int lanes;
    private final long unknownPolicyGraceMs;

    JoinRules(Intake intake, Outlet outlet, JoinSettings settings) {
        this.intake = intake;
        this.outlet = outlet;
        this.refusals = new JoinRefusals(outlet);
        this.lanes = settings.lanes();
        this.unknownPolicyGraceMs = settings.unknownPolicyGrace().toMillis();
    }

    /** A record arrives. */
    void take(String trajectoryId, RawRecord record, OpenTrajectory trajectory, JoinTime now) {
        Intake.Verdict verdict = intake.check(record);
        if (verdict instanceof Intake.Verdict.Step step) {
            take(trajectoryId, step, trajectory, now);
        } else if (verdict instanceof Intake.Verdict.Rewarded rewarded) {
            take(trajectoryId, rewarded, trajectory, now.processingMs());
        } else if (verdict instanceof Intake.Verdict.UnknownPolicy unknown) {
            await(unknown.policy(), record, trajectory, now.processingMs());
        } else if (verdict instanceof Intake.Verdict.Refused refused) {
            outlet.refuse(refused.reason(), refused.detail(), refused.policy(), record);
        }
    }

    private void take(String trajectoryId, Intake.Verdict.Step arrived, OpenTrajectory trajectory, JoinTime now) {
        StoredStep step = arrived.step();
        if (!belongs(arrived.policy(), trajectory, step.record())) {
            return;
        }
        if (isPast(arrived, trajectory, now)) {
            refusals.past(step, trajectory, arrived.policy(), now.watermarkMs());
            return;
        }
        switch (trajectory.add(step)) {
            case DUPLICATE -> outlet.duplicate();
            case CONFLICT -> refusals.conflict(step, arrived.policy());
            case LATE -> refusals.afterCompletion(step, trajectory, arrived.policy());
            case ADDED -> {
                if (trajectory.policy.isEmpty()) {
                    trajectory.policy = arrived.policy().name();
                    refuseForeignRewards(trajectory);
                }
                if (step.step() == 0) {
                    trajectory.segment = arrived.segment();
                    trajectory.group = arrived.group();
                    trajectory.demonstrated = arrived.demonstrated();
                }
                trajectory.extendDeadline(
                        trajectory.windowEndMs(arrived.policy().definition().join()));
                refuseLateRewards(trajectory, arrived.policy());
                emitIfComplete(trajectoryId, trajectory, arrived.policy(), now.processingMs());
            }
        }
    }

    /**
     * Whether a step comes when whatever was known of its trajectory has been forgotten: it may have been learned, from its
     * rewards or the default, and this be the same record delivered again. Nobody can tell, so it must not be learned.
     */
    private static boolean isPast(Intake.Verdict.Step arrived, OpenTrajectory trajectory, JoinTime now) {
        long windowMs = arrived.policy().definition().join().rewardWindow().toMillis();
        return !trajectory.hasSteps()
                && !trajectory.closed
                && arrived.step().eventTimeMs() + windowMs <= now.watermarkMs();
    }

    private void take(String trajectoryId, Intake.Verdict.Rewarded arrived, OpenTrajectory trajectory, long nowMs) {
        StoredReward reward = arrived.reward();
        JoinSpec join = arrived.policy().definition().join();
        if (!belongs(arrived.policy(), trajectory, reward.record())) {
            return;
        }
        if (!trajectory.isNew(reward)) {
            outlet.duplicate();
        } else if (trajectory.closed) {
            refusals.late(reward, arrived.policy(), "its trajectory was complete");
        } else if (trajectory.hasSteps() && reward.observedAtMs() > trajectory.windowEndMs(join)) {
            refusals.late(reward, arrived.policy(), "its window had closed");
        } else {
            trajectory.add(reward);
            if (!trajectory.hasSteps()) {
                trajectory.extendDeadline(
                        reward.record().timestamp() + join.earlyReward().toMillis());
            }
            emitIfComplete(trajectoryId, trajectory, arrived.policy(), nowMs);
        }
    }

    /** A record that names another policy than the trajectory's must not be learned by either: it is refused. */
    private boolean belongs(KnownPolicy policy, OpenTrajectory trajectory, RawRecord record) {
        if (trajectory.policy.isEmpty() || trajectory.policy.equals(policy.name())) {
            return true;
        }
        refusals.ofAnotherPolicy(record, policy, trajectory.policy);
        return false;
    }

    /** Early rewards may turn out to name another policy once their generation is there. */
    private void refuseForeignRewards(OpenTrajectory trajectory) {
        for (StoredReward reward : List.copyOf(trajectory.rewards)) {
            KnownPolicy policy = policyOf(reward);
            if (policy != null && !belongs(policy, trajectory, reward.record())) {
                trajectory.remove(reward);
            }
        }
    }

    /** Early rewards may turn out late once their generation is there. */
    private void refuseLateRewards(OpenTrajectory trajectory, KnownPolicy policy) {
        if (trajectory.rewards.isEmpty()) {
            return;
        }
        long endMs = trajectory.windowEndMs(policy.definition().join());
        for (StoredReward reward : List.copyOf(trajectory.rewards)) {
            if (reward.observedAtMs() > endMs) {
                trajectory.rewards.remove(reward);
                refusals.late(reward, policy, "its window had closed");
            }
        }
    }

    private void await(String policy, RawRecord record, OpenTrajectory trajectory, long nowMs) {
        if (trajectory.waiting.isEmpty()) {
            trajectory.waitingUntilMs = nowMs + unknownPolicyGraceMs;
        }
        if (nowMs < trajectory.waitingUntilMs) {
            trajectory.waiting.add(record);
        } else {
            refusals.unknownPolicy(policy, "", record);
        }
    }

    /** Looks again at records of policies that were unknown. */
    void retryWaiting(String trajectoryId, OpenTrajectory trajectory, JoinTime now) {
        List<RawRecord> waiting = trajectory.waiting;
        trajectory.waiting = new ArrayList<>(0);
        long untilMs = trajectory.waitingUntilMs;
        for (RawRecord record : waiting) {
            if (intake.check(record) instanceof Intake.Verdict.UnknownPolicy && now.processingMs() < untilMs) {
                trajectory.waiting.add(record);
            } else {
                trajectory.waitingUntilMs = untilMs;
                takeAfterWait(trajectoryId, record, trajectory, now);
            }
        }
        trajectory.waitingUntilMs = untilMs;
    }

    private void takeAfterWait(String trajectoryId, RawRecord record, OpenTrajectory trajectory, JoinTime now) {
        if (intake.check(record) instanceof Intake.Verdict.UnknownPolicy unknown) {
            refusals.unknownPolicy(unknown.policy(), " and waited for it", record);
        } else {
            take(trajectoryId, record, trajectory, now);
        }
    }

    /** The deadline has passed: whatever is there is emitted, skipped or refused. */
    void close(String trajectoryId, OpenTrajectory trajectory, long nowMs) {
        if (trajectory.closed) {
            return;
        }
        if (!trajectory.hasSteps()) {
            for (StoredReward reward : trajectory.rewards) {
                refusals.unmatched(trajectoryId, reward, policyOf(reward));
            }
            trajectory.close();
        } else if (!trajectory.isContiguous()) {
            refusals.all(
                    trajectory,
                    DeadLetterReason.MISSING_STEP,
                    "trajectory: expected all steps from 0 to "
                            + trajectory.steps.get(trajectory.steps.size() - 1).step() + ", found "
                            + trajectory.steps.size() + " of them");
        } else {
            KnownPolicy policy = policyOf(trajectory);
            if (policy == null) {
                refusals.all(
                        trajectory,
                        DeadLetterReason.UNKNOWN_POLICY,
                        "policy: expected one that is applied, found one that has been withdrawn");
            } else {
                emit(trajectoryId, trajectory, policy, nowMs);
            }
        }
    }

    private void emitIfComplete(String trajectoryId, OpenTrajectory trajectory, KnownPolicy policy, long nowMs) {
        if (trajectory.isComplete(policy.definition().join())) {
            refusals.ofMissingSteps(trajectory, policy);
            if (trajectory.isComplete(policy.definition().join())) {
                emit(trajectoryId, trajectory, policy, nowMs);
            }
        }
    }

    private void emit(String trajectoryId, OpenTrajectory trajectory, KnownPolicy policy, long nowMs) {
        if (trajectory.goesOnAfterCutOff()) {
            refusals.all(
                    trajectory,
                    DeadLetterReason.INVALID,
                    "trajectory: expected no step after the state that it was cut off in, found "
                            + trajectory.steps.size() + " steps; begin a new trajectory in that state");
            return;
        }
        refusals.ofMissingSteps(trajectory, policy);
        if (trajectory.demonstrated) {
            refusals.ofDemonstration(trajectory, policy);
        }
        JoinSpec join = policy.definition().join();
        if (!trajectory.demonstrated
                && trajectory.rewards.isEmpty()
                && join.defaultReward().isEmpty()) {
            outlet.skip();
            trajectory.close();
            return;
        }
        JoinedTrajectory joined = CompleteTrajectory.of(trajectoryId, trajectory, policy, lanes, nowMs);
        if (!Double.isFinite(joined.reward())) {
            refusals.all(
                    trajectory,
                    DeadLetterReason.NON_FINITE,
                    "reward: expected a finite sum of metrics, found " + joined.reward());
            return;
        }
        outlet.emit(joined);
        trajectory.close();
    }

    private @Nullable KnownPolicy policyOf(OpenTrajectory trajectory) {
        Intake.Verdict verdict = intake.check(trajectory.steps.get(0).record());
        return verdict instanceof Intake.Verdict.Step step ? step.policy() : null;
    }

    private @Nullable KnownPolicy policyOf(StoredReward reward) {
        return intake.check(reward.record()) instanceof Intake.Verdict.Rewarded rewarded ? rewarded.policy() : null;
    }
}
