package io.millrace.learner.gradient;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.Batch;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.Passes;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.gradient.ScoreListener;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The batch of one policy that is being filled, and the gradient of it. */
final class MicroBatch {

    private final KnownPolicy known;
    private final Optional<Parameters> reference;
    private final PolicyGradient estimator;
    private final GradientAccumulator gradient;
    private final Passes furtherPasses = new Passes();
    private Batch batch = new Batch();
    private final List<JoinedTrajectory> trajectories = new ArrayList<>();
    private BatchTotals totals = new BatchTotals();

    /** @param reference θ_ref of the KL penalty; empty: none */
    MicroBatch(KnownPolicy known, Optional<Parameters> reference) {
        this.known = known;
        this.reference = reference;
        this.estimator = new PolicyGradient(known.policy(), known.definition().estimator());
        this.gradient = new GradientAccumulator(known.policy().layout());
    }

    void add(JoinedTrajectory joined, Trajectory trajectory, double baseline, double advantage, long staleness) {
        batch.add(trajectory, advantage, staleness);
        trajectories.add(joined);
        if (!joined.isDemonstrated()) {
            totals.add(joined.reward(), baseline, staleness);
        }
    }

    /** A trajectory that may be refused for it. */
    void see(long staleness) {
        totals.see(staleness);
    }

    int size() {
        return batch.size();
    }

    /** The gradient of the batch, summed; the batch is empty afterwards, whether this succeeds or not. */
    PartialGradient flush(ParameterReplica replica) {
        var statistics = new BatchStatistics();
        try {
            reference.ifPresent(theta -> estimator.scoreReference(theta, batch));
            var values = new CounterfactualValues(
                    known.policy(), known.definition().estimator().baseline(), batch, totals);
            accumulate(replica, batch, statistics, values);
            PartialGradient partial =
                    new PartialGradient(known.name(), requireFinite(gradient.drain()), statistics, totals, learned());
            int passes = known.definition().estimator().passes();
            if (passes > 1) {
                furtherPasses.add(batch, passes - 1);
                batch = new Batch();
            }
            return partial;
        } finally {
            clear();
        }
    }

    /** The server would drop the batch whole for one trajectory; here it can still be found. */
    private static SparseRows requireFinite(SparseRows sum) {
        if (!Double.isFinite(sum.squaredNorm())) {
            throw new ArithmeticException("the sum over the batch overflows");
        }
        return sum;
    }

    private void accumulate(ParameterReplica replica, Batch over, BatchStatistics statistics, ScoreListener listener) {
        replica.read((Parameters theta) -> {
            estimator.accumulate(theta, over, gradient, statistics, listener);
            return theta.version();
        });
    }

    /**
     * θ has moved: one more pass over the batches that want it. What they emit counts no trajectory again. Expects that no
     * gradient is being summed.
     */
    void passAgain(ParameterReplica replica, Consumer<PartialGradient> out) {
        furtherPasses.each(over -> {
            var statistics = new BatchStatistics();
            accumulate(replica, over, statistics, ScoreListener.NONE);
            out.accept(new PartialGradient(
                    known.name(), gradient.drain(), statistics, new BatchTotals(), LearnedTrajectories.none()));
        });
    }

    boolean wantsFurtherPasses() {
        return !furtherPasses.isEmpty();
    }

    void endPasses() {
        furtherPasses.clear();
        gradient.clear();
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
