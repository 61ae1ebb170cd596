package io.millrace.learner.gradient;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One policy at one worker: a replica of its parameters, what waits for them, and the batch being filled. */
final class PolicyWorker {

    /** Receives what cannot be learned. */
    interface Refusals {
        void refuse(JoinedTrajectory trajectory, DeadLetterReason reason, String detail);
    }

    private final RecordCodec<Generation> generations = RecordCodec.of(Generation.class);
    private final Refusals refusals;
    private final Deque<WorkerInput> held = new ArrayDeque<>();
    private final ParameterReplica replica;
    private KnownPolicy known;
    private MicroBatch batch;
    private long batchDueMs;
    private final List<WorkerInput> batched = new ArrayList<>();
    private final Healing healing;

    PolicyWorker(KnownPolicy known, Optional<Parameters> reference, Refusals refusals) {
        this.known = known;
        this.refusals = refusals;
        this.replica =
                ParameterReplica.singleThreaded(known.name(), known.policy().layout());
        this.healing = new Healing(replica);
        this.batch = new MicroBatch(known, reference);
    }

    KnownPolicy known() {
        return known;
    }

    ParameterReplica replica() {
        return replica;
    }

    /** What has become of updates that did not fit. */
    Healing healing() {
        return healing;
    }

    /** Whether trajectories must wait: for parameters, or because the policy is paused. */
    boolean isBlocked() {
        return !replica.ready() || known.spec().getPaused();
    }

    /** What waits, see {@link #isBlocked}. */
    Deque<WorkerInput> held() {
        return held;
    }

    int batchSize() {
        return batch.size();
    }

    boolean isFull() {
        return batch.size() >= known.definition().batch().trajectories();
    }

    /** The batch has its first trajectory. Answers with the time at which it is as old as it may get. */
    long startAge(long nowMs) {
        batchDueMs = nowMs + known.definition().batch().maxAge().toMillis();
        return batchDueMs;
    }

    long batchDueMs() {
        return batchDueMs;
    }

    boolean hasModelOf(KnownPolicy other) {
        return known.hasModelOf(other);
    }

    /** New hyper-parameters of the same model; the batch must be empty. */
    void follow(KnownPolicy changed, Optional<Parameters> reference) {
        batch = new MicroBatch(changed, reference);
        known = changed;
    }

    /** Adds a trajectory to the batch; needs parameters. */
    void add(WorkerInput input, JoinedTrajectory joined) {
        try {
            List<Decision> decisions = new ArrayList<>(joined.steps().length);
            long behaviourVersion = Long.MAX_VALUE;
            for (byte[] step : joined.steps()) {
                Generation generation = generations.decode(step);
                Decision decision = GenerationReader.decision(generation);
                known.policy().validate(decision);
                decisions.add(decision);
                behaviourVersion = Math.min(behaviourVersion, generation.getParametersVersion());
            }
            // A demonstration has no behaviour policy that could be stale.
            long staleness = joined.isDemonstrated() ? 0 : Math.max(0, replica.version() - behaviourVersion);
            batch.see(staleness);
            if (staleness > known.definition().guards().maxStaleness()) {
                refusals.refuse(
                        joined,
                        DeadLetterReason.STALE,
                        "staleness: expected at most "
                                + known.definition().guards().maxStaleness() + " versions, found " + staleness
                                + "; raise guards.max-staleness if this is common");
                return;
            }
            batch.add(
                    joined,
                    new Trajectory(decisions, joined.rewards(), joined.origin()),
                    input.baseline(),
                    input.advantage(),
                    staleness);
            batched.add(input);
        } catch (UndecodableException | InvalidInputException e) {
            refusals.refuse(joined, DeadLetterReason.GUARD, String.valueOf(e.getMessage()));
        }
    }

    /** The batch is empty afterwards, whether this succeeds or not. */
    PartialGradient flush() {
        batched.clear();
        return batch.flush(replica);
    }

    /** A copy of what is in the batch. */
    List<WorkerInput> batched() {
        return List.copyOf(batched);
    }

    /** θ has moved: one more pass over the batches that want it. */
    void passAgain(Consumer<PartialGradient> out) {
        batch.passAgain(replica, out);
    }

    boolean wantsFurtherPasses() {
        return batch.wantsFurtherPasses() && !isBlocked();
    }

    void endPasses() {
        batch.endPasses();
    }
}
