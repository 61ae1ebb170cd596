package io.millrace.learner.gradient;

import io.millrace.learner.control.Control;
import io.millrace.learner.join.JoinedTrajectory;
import org.jspecify.annotations.Nullable;

/**
 * What a worker receives, in one stream so that it chains to {@code Advantage}: either a trajectory with its baseline and
 * advantage, or a control record.
 */
public record WorkerInput(
        @Nullable JoinedTrajectory trajectory,
        double baseline,
        double advantage,
        @Nullable Control control) {

    public static WorkerInput learn(JoinedTrajectory trajectory, double baseline, double advantage) {
        return new WorkerInput(trajectory, baseline, advantage, null);
    }

    public static WorkerInput follow(Control control) {
        return new WorkerInput(null, 0, 0, control);
    }
}
