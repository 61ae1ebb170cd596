package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterServerGuardsTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final int[] ROWS = {1, 5, 63};

    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(new KeptSnapshots(), NOW_MS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void dropsABatchWithAGradientThatIsNotFinite(float poison) throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));

        server.learn(SampleGradient.of("pick", 1f, ROWS, "c"));
        server.learn(SampleGradient.of("pick", poison, ROWS, "d"));

        assertGuarded("gradient: expected finite numbers", "c", "d");
        assertThat(theta()[5]).isEqualTo(0.25f);
        server.learn(SampleGradient.of("pick", 1f, ROWS, "e", "f"));
        assertThat(theta()[5]).as("the next batch learns").isEqualTo(0.5f);
        assertThat(server.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(4);
    }

    @Test
    void dropsStepsThatWouldMakeParametersInfinite() throws Exception {
        SamplePolicy violent = pick.with("optimizer.learning-rate", "1e38").with("guards.gradient-norm", "1e6");
        server.apply(violent.spec(1)).learn(SampleGradient.of("pick", 1000f, ROWS, "a", "b"));

        assertGuarded("step: expected parameters that stay finite", "a", "b");
        assertThat(theta()).containsOnly(0f);
        assertThat(server.updates()).hasSize(1);

        server.apply(pick.spec(2)).learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));
        assertThat(theta()[5]).as("learns once the rate is sane").isEqualTo(0.25f);
        assertThat(server.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(2);
        assertThat(server.lastUpdate().getStats().getTrajectories()).isEqualTo(2);
    }

    @Test
    void dropsABatchThatIsTooFarFromItsBehaviourPolicy() throws Exception {
        server.apply(pick.with("guards.max-kl", "0.1").spec(1));
        var far = new BatchStatistics();
        far.trajectories = 2;
        far.klSum = 0.3;

        server.learn(SampleGradient.of("pick", new SparseRows(1, new int[] {5}, new float[] {1}), far, "a", "b"));

        assertGuarded("approximate KL: expected at most guards.max-kl 0.1, found 0.15", "a", "b");
        assertThat(server.updates()).hasSize(1);
        far.klSum = 0.2;
        server.learn(SampleGradient.of("pick", new SparseRows(1, new int[] {5}, new float[] {1}), far, "c", "d"));
        assertThat(theta()[5]).isEqualTo(0.25f);
    }

    @Test
    void dropsABatchWhoseKlIsNotANumber() throws Exception {
        server.apply(pick.spec(1));
        var unknown = new BatchStatistics();
        unknown.trajectories = 2;
        unknown.klSum = Double.NaN;

        server.learn(SampleGradient.of("pick", new SparseRows(1, new int[] {5}, new float[] {1}), unknown, "a", "b"));

        assertGuarded("approximate KL", "a", "b");
    }

    @Test
    void scalesALongMeanGradientDown() throws Exception {
        server.apply(pick.with("guards.gradient-norm", "0.5").spec(1));

        server.learn(SampleGradient.of("pick", new SparseRows(1, new int[] {3, 4}, new float[] {6, 8}), "a", "b"));

        assertThat(theta()[3]).as("rate · clip · 6 / (norm 5 · 2)").isCloseTo(0.5f * 0.5f * 0.6f, within(1e-3f));
        assertThat(theta()[4]).isCloseTo(0.5f * 0.5f * 0.8f, within(1e-3f));
        assertThat(server.lastUpdate().getStats().getGradientNorm())
                .as("before clipping")
                .isCloseTo(5, within(1e-6));
        assertThat(server.deadLetters()).isEmpty();
    }

    private void assertGuarded(String why, String... ids) {
        assertThat(server.deadLetters()).extracting(DeadLetter::getTrajectoryId).containsExactly(ids);
        assertThat(server.deadLetters()).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD);
            assertThat(letter.getPolicy()).isEqualTo("pick");
            assertThat(letter.getDetail()).contains(why);
        });
    }

    private float[] theta() {
        return server.theta(pick.known(1));
    }
}
