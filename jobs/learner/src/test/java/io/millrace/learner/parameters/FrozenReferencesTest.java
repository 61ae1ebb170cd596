package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterSnapshot;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy that is held near a version of its own. */
class FrozenReferencesTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final long KEPT_EVERY_MS = 1_000;
    private static final int[] ROWS = {1, 5, 63};

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick").withText("publish.snapshot-every", "1s");
    private final KnownPolicy near2 = nearVersion(2).known(2);
    private final FrozenReferences references = new FrozenReferences(topic);
    private RunningServer server;
    private long nowMs = NOW_MS;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(topic, NOW_MS).apply(pick.spec(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areCopiedToASlotOfTheirOwnWhereTheyStay() throws Exception {
        float[] second = learnAndKeep(2);
        float[] third = learnAndKeep(1);

        server.apply(near2.spec());

        List<ParameterSnapshot> kept = server.snapshots();
        assertThat(kept.get(kept.size() - 1)).satisfies(copy -> {
            assertThat(copy.getVersion()).isEqualTo(2);
            assertThat(copy.getSlot()).isGreaterThan(2);
        });
        assertThat(references.find(near2).orElseThrow()).isEqualTo(second).isNotEqualTo(third);
        assertThat(topic.newest("pick").orElseThrow().version())
                .as("nobody goes on from it")
                .isEqualTo(3);
    }

    @Test
    void areNotCopiedAgainAndNotReplacedByThatVersionOfALaterEpoch() throws Exception {
        float[] second = learnAndKeep(2);
        server.apply(near2.spec());
        OperatorSubtaskState rewound = RunningServer.start(new KeptSnapshots(), NOW_MS)
                .apply(pick.spec(1))
                .checkpoint();
        server.close();
        server = RunningServer.restore(topic, NOW_MS + 10_000, rewound);
        nowMs = NOW_MS + 10_000;
        float[] otherSecond = learnAndKeep(2, 3f);
        assertThat(otherSecond).isNotEqualTo(second);

        server.apply(nearVersion(2).with("batch.trajectories", "3").spec(3));

        assertThat(server.snapshots()).extracting(ParameterSnapshot::getSlot).allMatch(slot -> slot < 2);
        assertThat(references.find(near2).orElseThrow()).isEqualTo(second);
    }

    @Test
    void areNamedWhileTheyAreKeptOrTheRevisionIsRefused() throws Exception {
        learnAndKeep(2);

        server.apply(nearVersion(77).with("batch.trajectories", "1").spec(2));

        assertThat(server.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
            assertThat(letter.getDetail())
                    .contains("estimator.kl.snapshot-version: expected a version that is kept", "found 77");
        });
        server.learn(SampleGradient.of("pick", 1f, ROWS, "lonely"));
        assertThat(server.lastUpdate().getSpecRevision()).isEqualTo(1);
    }

    @Test
    void cannotBeNamedByAPolicyThatHasNoVersionsYet() throws Exception {
        SamplePolicy early = SamplePolicy.choice("early");
        server.apply(near(early, 1).spec(1));

        assertThat(server.deadLetters())
                .extracting(DeadLetter::getReason)
                .containsExactly(DeadLetterReason.POLICY_REFUSED);
        assertThat(server.updates()).noneMatch(update -> update.getPolicy().equals("early"));
    }

    @Test
    void belongToPoliciesThatNameThemOnly() {
        assertThat(references.freeze(pick.known(1))).isEmpty();
    }

    private SamplePolicy nearVersion(long version) {
        return near(pick, version);
    }

    private static SamplePolicy near(SamplePolicy policy, long version) {
        return policy.with("estimator.kl.coefficient", "0.1")
                .withText("estimator.kl.reference", "snapshot")
                .with("estimator.kl.snapshot-version", Long.toString(version));
    }

    /** Some steps, whose last version is kept. */
    private float[] learnAndKeep(int steps) throws Exception {
        return learnAndKeep(steps, 1f);
    }

    private float[] learnAndKeep(int steps, float gradient) throws Exception {
        for (int i = 0; i < steps; i++) {
            server.learn(SampleGradient.of("pick", gradient, ROWS, "a", "b"));
        }
        nowMs += KEPT_EVERY_MS;
        server.moveTo(nowMs);
        return server.theta(pick.known(1));
    }
}
