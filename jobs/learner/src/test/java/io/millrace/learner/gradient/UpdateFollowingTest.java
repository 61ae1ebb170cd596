package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.schemas.ParameterUpdate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a worker comes by its parameters, and what it makes of updates that do not fit. */
class UpdateFollowingTest {

    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private final KnownPolicy known = pick.known(1);
    private final ParameterUpdate opening = RunningWorker.snapshot(known, 1, 0, new float[64]);
    private RunningWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker = RunningWorker.start();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void keepsUpdatesThatCameBeforeTheSpecification() throws Exception {
        worker.follow(opening).learn(trajectory("a")).learn(trajectory("b"));

        worker.follow(pick.spec(1));

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void learnsOnAfterAStrayDeltaThatFitsNothing() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).follow(RunningWorker.deltaFrom(known, 1, 7));
        worker.learn(trajectory("a")).learn(trajectory("b"));
        worker.follow(RunningWorker.snapshot(known, 2, 1, new float[64]));

        worker.moveTo(60_000);

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void learnsOnAfterAStrayDeltaThatNoRealOneFollowsForLong() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);
        worker.follow(RunningWorker.deltaFrom(known, 1, 7)).follow(RunningWorker.deltaFrom(known, 1, 7));

        worker.moveTo(60_000);

        worker.learn(trajectory("a")).learn(trajectory("b"));
        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void failsWhenUpdatesStayUnfitSoThatTheJobRestarts() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).follow(RunningWorker.deltaFrom(known, 1, 7));
        worker.moveTo(9_000).follow(RunningWorker.deltaFrom(known, 1, 8));

        assertThatThrownBy(() -> worker.moveTo(10_000))
                .hasStackTraceContaining("Parameters of policy 'pick' cannot be followed")
                .hasStackTraceContaining("the job restarts and publishes a snapshot");
    }

    @Test
    void waitsForASnapshotWhenDeltasComeFirst() throws Exception {
        worker.follow(pick.spec(1)).follow(RunningWorker.deltaFrom(known, 1, 7));
        worker.follow(opening).learn(trajectory("a")).learn(trajectory("b"));

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void ignoresControlRecordsThatNobodyCanRead() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.control(Control.Kind.POLICY, new byte[] {1, 2, 3}).control(Control.Kind.PARAMETERS, new byte[0]);

        worker.learn(trajectory("a")).learn(trajectory("b"));
        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    private JoinedTrajectory trajectory(String id) {
        return SampleTrajectory.of(pick, id).joined();
    }
}
