package io.millrace.learner.gradient;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.Batch;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The batch of one policy that is being filled, and the gradient of it. */
final class MicroBatch {

    private final String policy;
    private final PolicyGradient estimator;
    private final GradientAccumulator gradient;
    private final Batch batch = new Batch();
    private final List<JoinedTrajectory> trajectories = new ArrayList<>();
    private BatchTotals totals = new BatchTotals();

    MicroBatch(KnownPolicy known) {
        this.policy = known.name();
        this.estimator = new PolicyGradient(known.policy(), known.definition().estimator());
        this.gradient = new GradientAccumulator(known.policy().layout());
    }

    void add(JoinedTrajectory joined, Trajectory trajectory, double baseline, double advantage, long staleness) {
        batch.add(trajectory, advantage);
        trajectories.add(joined);
        if (!joined.isDemonstrated()) {
            totals.add(joined.reward(), baseline, staleness);
        }
    }

    int size() {
        return batch.size();
    }

    /** The gradient of the batch, summed; the batch is empty afterwards, whether this succeeds or not. */
    PartialGradient flush(ParameterReplica replica) {
        var statistics = new BatchStatistics();
        try {
            replica.read((Parameters theta) -> {
                estimator.accumulate(theta, batch, gradient, statistics);
                return theta.version();
            });
            return new PartialGradient(policy, gradient.drain(), statistics, totals, learned());
        } finally {
            clear();
        }
    }

    private LearnedTrajectories learned() {
        int size = trajectories.size();
        var learned = new LearnedTrajectories(new String[size], new long[size], new long[size], new long[size]);
        for (int i = 0; i < size; i++) {
            JoinedTrajectory trajectory = trajectories.get(i);
            learned.ids()[i] = trajectory.trajectoryId();
            learned.observedAtMs()[i] = trajectory.observedAtMs();
            learned.appendedAtMs()[i] = trajectory.appendedAtMs();
            learned.joinedAtMs()[i] = trajectory.joinedAtMs();
        }
        return learned;
    }

    private void clear() {
        gradient.clear();
        batch.clear();
        trajectories.clear();
        totals = new BatchTotals();
    }
}
