package io.millrace.learner.gradient;

import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When batches close, and what comes of them: a gradient, or trajectories that none can be had of. */
final class BatchFlushing {

    /** Where it goes. */
    interface Outlet extends PolicyWorker.Refusals {

        void emitBatch(PartialGradient gradient);

        /** A further pass over batches that have been emitted. */
        void emitPass(PartialGradient gradient);
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchFlushing.class);

    private final Outlet outlet;
    private final ProcessingTimeService time;

    BatchFlushing(Outlet outlet, ProcessingTimeService time) {
        this.outlet = outlet;
        this.time = time;
    }

    /** Adds a trajectory to its policy's batch, and closes that when it is full or, later, old. */
    void learn(PolicyWorker worker, WorkerInput input, JoinedTrajectory trajectory) {
        boolean first = worker.batchSize() == 0;
        worker.add(input, trajectory);
        if (worker.isFull()) {
            flush(worker);
        } else if (first && worker.batchSize() > 0) {
            long due = worker.startAge(time.getCurrentProcessingTime());
            // What the timer throws fails the task; its future has nothing to add.
            var unused = time.registerTimer(due, now -> flushOld(worker, now));
        }
    }

    /** The batch that a timer was set for may be gone, and a younger one in its place. */
    private void flushOld(PolicyWorker worker, long nowMs) {
        if (worker.batchDueMs() <= nowMs) {
            flush(worker);
        }
    }

    /** Closes the batch, whatever is in it. */
    void flush(PolicyWorker worker) {
        if (worker.batchSize() == 0) {
            return;
        }
        List<WorkerInput> inputs = worker.batched();
        PartialGradient gradient;
        try {
            gradient = worker.flush();
        } catch (RuntimeException e) {
            flushOneByOne(worker, inputs, e);
            return;
        }
        outlet.emitBatch(gradient);
    }

    /** One trajectory that cannot be learned from must not take the others with it, nor the job. */
    private void flushOneByOne(PolicyWorker worker, List<WorkerInput> inputs, RuntimeException failure) {
        for (WorkerInput input : inputs) {
            JoinedTrajectory trajectory = input.trajectory();
            if (trajectory == null) {
                continue;
            }
            if (inputs.size() == 1) {
                LOG.warn("Trajectory '{}' cannot be learned from", trajectory.trajectoryId(), failure);
                outlet.refuse(
                        trajectory,
                        DeadLetterReason.GUARD,
                        "gradient: expected finite numbers, found none: " + failure.getMessage());
                return;
            }
            worker.add(input, trajectory);
            flush(worker);
        }
    }

    /** θ has moved: one more pass over the batches that want it. */
    void passAgain(PolicyWorker worker) {
        if (!worker.wantsFurtherPasses()) {
            return;
        }
        try {
            worker.passAgain(outlet::emitPass);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // All its trajectories have been learned from once.
            LOG.warn("Policy '{}': further passes dropped: {}", worker.known().name(), e.getMessage());
            worker.endPasses();
        }
    }
}
