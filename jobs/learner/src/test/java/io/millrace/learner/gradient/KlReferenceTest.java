package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class KlReferenceTest {

    private static final long FROZEN = 7;
    private static final float[] THETA = theta(1);
    private static final float[] OTHER = theta(2);

    private final SamplePolicy free = SamplePolicy.choice("pick").withText("batch.max-age", "1h");
    private final SamplePolicy held = free.with("estimator.kl.coefficient", "0.5")
            .withText("estimator.kl.reference", "snapshot")
            .with("estimator.kl.snapshot-version", Long.toString(FROZEN));
    private final ParameterUpdate opening = RunningWorker.snapshot(free.known(1), 1, 9, THETA);

    @Test
    void pullsTowardsTheSnapshotThatIsNamed() throws Exception {
        float[] without = gradient(free.spec(1), frozen(OTHER));

        assertThat(gradient(held.spec(1), frozen(THETA)))
                .as("a policy is where its reference is: nothing to pull")
                .isEqualTo(without);
        float[] pulled = gradient(held.spec(1), frozen(OTHER));
        assertThat(pulled).isNotEqualTo(without);
        assertThat(gradient(held.spec(1), frozen(theta(3)))).isNotEqualTo(pulled);
    }

    @Test
    void isThatOfTheInitialParametersWhereTheyAreWhatWasFrozen() throws Exception {
        KnownPolicy known = free.known(1);
        float[] initial = new float[THETA.length];
        known.policy().initialize(initial, known.definition().seed());

        PolicySpec nearInitial = free.with("estimator.kl.coefficient", "0.5")
                .withText("estimator.kl.reference", "initial")
                .spec(1);
        assertThat(gradient(held.spec(1), frozen(initial))).isEqualTo(gradient(nearInitial, frozen(OTHER)));
    }

    @Test
    void isTheSameAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (RunningWorker worker = RunningWorker.start(frozen(OTHER))) {
            state = worker.follow(held.spec(1)).follow(opening).checkpoint();
        }
        try (RunningWorker restored = RunningWorker.restore(state, frozen(OTHER))) {
            assertThat(learn(restored.follow(opening))).isEqualTo(gradient(held.spec(1), frozen(OTHER)));
        }
    }

    @Test
    void thatIsKeptNowhereLeavesTheLastRevisionInForce() throws Exception {
        try (RunningWorker worker = RunningWorker.start(policy -> Optional.empty())) {
            worker.follow(free.spec(1)).follow(opening);
            worker.follow(held.with("batch.trajectories", "1").spec(2));

            assertThat(learn(worker)).isEqualTo(gradient(free.spec(1), frozen(OTHER)));
            assertThat(worker.batches()).containsExactly(List.of("a", "b"));
        }
    }

    private static ReferenceParameters frozen(float[] theta) {
        return policy -> policy.definition().estimator().kl().snapshotVersion() == FROZEN
                ? Optional.of(theta)
                : Optional.empty();
    }

    private float[] gradient(PolicySpec spec, ReferenceParameters references) throws Exception {
        try (RunningWorker worker = RunningWorker.start(references)) {
            return learn(worker.follow(spec).follow(opening));
        }
    }

    /** The gradient of two trajectories, as a vector. */
    private float[] learn(RunningWorker worker) throws Exception {
        worker.learn(SampleTrajectory.of(free, "a").choosing(0).rewarded(1).joined())
                .learn(SampleTrajectory.of(free, "b").choosing(2).rewarded(0).joined());
        SparseRows rows = worker.gradients().get(0).gradient();
        float[] dense = new float[THETA.length];
        for (int i = 0; i < rows.rows().length; i++) {
            dense[rows.rows()[i]] = rows.values()[i];
        }
        return dense;
    }

    private static float[] theta(long seed) {
        var random = new SplittableRandom(seed);
        float[] theta = new float[64];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) random.nextDouble();
        }
        return theta;
    }
}
