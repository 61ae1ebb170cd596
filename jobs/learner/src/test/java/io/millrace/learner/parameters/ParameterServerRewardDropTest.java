package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParameterServerRewardDropTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy guarded = SamplePolicy.choice("pick")
            .withText("publish.snapshot-every", "1s")
            .with("guards.reward-drop", "0.1")
            .with("guards.reward-drop-window", "2");
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(topic, NOW_MS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Every batch of two is a step of 0.5 on parameter 5, a version, and a window. */
    private void learn(int batches, double reward) throws Exception {
        for (int i = 0; i < batches; i++) {
            server.learn(RewardGuardTest.rewards(2, reward, 0));
        }
    }

    /** Answers with θ of the good snapshot, at version 6. */
    private float[] dropAtVersion8() throws Exception {
        server.apply(guarded.spec(1));
        learn(6, 0.8);
        server.moveTo(NOW_MS + 1_000);
        float[] good = theta();
        learn(1, 0.8);
        assertThat(theta()).isNotEqualTo(good);
        learn(1, 0.2);
        return good;
    }

    @Test
    void goesBackToTheGoodSnapshotInANewEpochAndSaysSo() throws Exception {
        float[] good = dropAtVersion8();

        ParameterUpdate opening = server.lastUpdate();
        assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
        assertThat(opening.getEpoch()).isGreaterThan(NOW_MS);
        assertThat(opening.getVersion()).isEqualTo(6);
        assertThat(opening.getParentEpoch()).isEqualTo(NOW_MS);
        assertThat(opening.getParentVersion()).isEqualTo(6);
        assertThat(opening.getStats().getTrajectoriesTotal()).isEqualTo(12);
        assertThat(theta()).isEqualTo(good);
        assertThat(server.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD);
            assertThat(letter.getPolicy()).isEqualTo("pick");
            assertThat(letter.getDetail())
                    .contains("guards.reward-drop 0.1")
                    .contains("rolled back from epoch 1000000 version 8 to epoch 1000000 version 6");
        });
    }

    @Test
    void learnsOnFromTheGoodSnapshot() throws Exception {
        float[] good = dropAtVersion8();

        learn(1, 0.8);

        assertThat(theta()[5]).isCloseTo(good[5] + 0.5f, within(1e-3f));
        assertThat(server.lastUpdate().getVersion()).isEqualTo(7);
    }

    @Test
    void rollsBackOnceWhenItIsTheWorldThatHasChanged() throws Exception {
        server.apply(guarded.spec(1));
        learn(7, 0.8);

        learn(60, 0.2);

        assertThat(server.deadLetters()).hasSize(1);
    }

    @Test
    void isOffByDefault() throws Exception {
        server.apply(guarded.with("guards.reward-drop", "\"unlimited\"").spec(1));
        learn(7, 0.8);
        learn(20, -5);

        assertThat(server.deadLetters()).isEmpty();
        assertThat(server.updates()).hasSize(28);
        assertThat(SamplePolicy.choice("pick").definition().guards().rewardDrop())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void restoresWhatItHasRolledBackTo() throws Exception {
        float[] good = dropAtVersion8();

        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 5_000, server.checkpoint())) {
            assertThat(restored.theta(guarded.known(1))).isEqualTo(good);
        }
    }

    private float[] theta() {
        return server.theta(guarded.known(1));
    }
}
