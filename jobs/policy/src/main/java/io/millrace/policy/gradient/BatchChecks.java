package io.millrace.policy.gradient;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Trajectory.Origin;
import java.util.List;

/** Refuses a batch with a number that would spoil θ, before anything is made of it. */
final class BatchChecks {

    private BatchChecks() {}

    /**
     * Checks advantages, rewards and log-probabilities; a demonstration needs no log-probabilities.
     *
     * @throws InvalidInputException naming what is impossible
     */
    static void require(Batch batch) {
        for (int t = 0; t < batch.size(); t++) {
            Trajectory trajectory = batch.trajectory(t);
            requireFinite("advantage", batch.advantage(t), t);
            for (double reward : trajectory.rewards()) {
                requireFinite("reward", reward, t);
            }
            if (trajectory.origin() == Origin.GENERATED) {
                requireLogProbs(trajectory.decisions());
            }
        }
    }

    private static void requireFinite(String name, double value, int trajectory) {
        if (!Double.isFinite(value)) {
            throw new InvalidInputException(name + ": expected a finite number, found " + value + " (trajectory "
                    + trajectory + " of the batch)");
        }
    }

    private static void requireLogProbs(List<Decision> decisions) {
        for (int d = 0; d < decisions.size(); d++) {
            decisions.get(d).requireLogProbs();
        }
    }
}
