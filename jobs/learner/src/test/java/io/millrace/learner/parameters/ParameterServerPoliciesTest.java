package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicyCommand;
import io.millrace.schemas.PolicyCommandKind;
import io.millrace.schemas.UpdateKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with specifications of policies that it has, or cannot have. */
class ParameterServerPoliciesTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final int[] ROWS = {1, 5, 63};

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick").withText("publish.snapshot-every", "1s");
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(topic, NOW_MS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesASpecificationThatNobodyCanFollow() throws Exception {
        server.apply(pick.with("optimizer.learning-rate", "-1").spec(1));

        assertThat(server.updates()).isEmpty();
        assertRefused("optimizer.learning-rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "layout", "initialize"})
    void refusesAPolicyWhoseKindFails(String method) throws Exception {
        server.apply(SamplePolicy.hostile("pick", method).spec(1));

        assertThat(server.updates()).isEmpty();
        assertThat(server.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
            assertThat(letter.getDetail()).contains("org/example/Forgotten");
        });

        server.apply(pick.spec(2));
        assertThat(server.updates()).isNotEmpty();
    }

    @Test
    void followsTheLaterOfTwoRecordsOfOneRevision() throws Exception {
        server.apply(pick.spec(1)).apply(pick.with("batch.trajectories", "3").spec(1));

        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        assertThat(server.lastUpdate().getVersion()).as("the batch is not full").isZero();
        server.learn(SampleGradient.of("pick", 1f, ROWS, "c"));
        assertThat(server.lastUpdate().getVersion()).isEqualTo(1);
    }

    @Test
    void refusesAFileOfAnotherPolicy() throws Exception {
        var foreign = pick.spec(1);
        foreign.setPolicy("other");

        server.apply(foreign);

        assertThat(server.updates()).isEmpty();
        assertRefused("policy: expected 'other', the record's key, found 'pick'");
    }

    @Test
    void refusesToGoOnFromASnapshotOfAnotherLength() throws Exception {
        server.apply(pick.spec(1));
        try (RunningServer fresh = RunningServer.start(topic, NOW_MS + 1)) {
            fresh.apply(pick.with("model.hash-bits", "5").spec(2));

            assertThat(fresh.updates()).isEmpty();
            assertThat(fresh.snapshots()).isEmpty();
            assertThat(fresh.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
                assertThat(letter.getDetail())
                        .contains("Snapshot rejected: expected 32 parameters, found 64 (policy 'pick'");
            });
        }
    }

    @Test
    void refusesToBeginAnewWhereOnlyPiecesOfWhatWasLearnedAreLeft() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        var torn = new KeptSnapshots();
        torn.add(ParameterSnapshot.newBuilder(server.snapshots().get(0))
                .setVersion(1)
                .setChunks(2)
                .build());

        try (RunningServer fresh = RunningServer.start(torn, NOW_MS + 1)) {
            fresh.apply(pick.spec(1));

            assertThat(fresh.updates()).isEmpty();
            assertThat(fresh.deadLetters())
                    .singleElement()
                    .satisfies(
                            letter -> assertThat(letter.getDetail())
                                    .contains(
                                            "expected a complete one of policy 'pick', found only pieces, the newest of version 1"));
        }
    }

    @Test
    void refusesAnotherModelAndLearnsOnWithItsOwn() throws Exception {
        server.apply(pick.spec(1)).apply(pick.with("model.hash-bits", "7").spec(2));

        assertRefused("model: expected the one that the policy was created with (revision 1)");
        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        assertThat(server.lastUpdate().getSpecRevision()).isEqualTo(1);
        assertThat(theta()[5]).isEqualTo(0.25f);
    }

    @Test
    void refusesAnotherOptimizerAndFollowsNothingOfIt() throws Exception {
        server.apply(pick.spec(1));
        server.apply(pick.withText("optimizer.kind", "adam")
                .with("batch.trajectories", "1000")
                .spec(2));

        assertRefused("optimizer.kind: expected one with as many moments (0)");
        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        assertThat(server.lastUpdate().getSpecRevision()).isEqualTo(1);
        assertThat(theta()[5]).isEqualTo(0.25f);
    }

    @Test
    void followsNewHyperParametersFromTheNextStepOn() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a"));

        server.apply(pick.with("optimizer.learning-rate", "0.25").spec(2));
        assertThat(theta()[5]).as("learned with the old rate: 0.5 · 1").isEqualTo(0.5f);

        server.learn(SampleGradient.of("pick", 1f, ROWS, "b", "c"));
        assertThat(theta()[5]).as("0.5 + 0.25 · 1 / 2").isEqualTo(0.625f);
        assertThat(server.lastUpdate().getSpecRevision()).isEqualTo(2);
    }

    @Test
    void ignoresAnOlderRevision() throws Exception {
        server.apply(pick.spec(5))
                .apply(pick.with("optimizer.learning-rate", "0.25").spec(4));

        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));

        assertThat(theta()[5]).isEqualTo(0.25f);
        assertThat(server.lastUpdate().getSpecRevision()).isEqualTo(5);
    }

    @Test
    void rollsBackToAKeptVersionInANewEpoch() throws Exception {
        server.apply(pick.spec(1));
        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b")).moveTo(NOW_MS + 1_000);
        server.learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));

        server.apply(pick.commanding(2, rollBack("undo", NOW_MS, 1)));

        ParameterUpdate opening = server.lastUpdate();
        assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
        assertThat(opening.getEpoch()).isGreaterThan(NOW_MS);
        assertThat(opening.getVersion()).isEqualTo(1);
        assertThat(opening.getParentEpoch()).isEqualTo(NOW_MS);
        assertThat(opening.getStats().getTrajectoriesTotal()).isEqualTo(2);
        assertThat(theta()[5]).isEqualTo(0.25f);
    }

    @Test
    void carriesACommandOutOnceThroughRevisionsAndRestores() throws Exception {
        server.apply(pick.spec(1));
        server.learn(SampleGradient.of("pick", 1f, ROWS, "a", "b")).moveTo(NOW_MS + 1_000);
        PolicyCommand undo = rollBack("undo", NOW_MS, 1);
        server.apply(pick.commanding(2, undo));
        server.learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));
        server.apply(pick.commanding(3, undo));
        assertThat(theta()[5]).isEqualTo(0.5f);

        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 2_000, server.checkpoint())) {
            restored.apply(pick.commanding(4, undo));
            assertThat(restored.theta(pick.known(1))[5]).isEqualTo(0.5f);
        }
    }

    @Test
    void keepsOneSnapshotAPeriodAfterARollback() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.random("pick", 64, 1));
        server.moveTo(NOW_MS + 1_000).apply(pick.commanding(2, rollBack("undo", NOW_MS, 1)));
        int before = server.snapshots().size();
        for (int i = 1; i <= 3; i++) {
            server.learn(SampleGradient.random("pick", 64, i)).moveTo(NOW_MS + 1_500 + i * 500L);
        }

        assertThat(server.snapshots()).hasSize(before + 2);
    }

    @Test
    void refusesToRollBackToAVersionThatIsNotKept() throws Exception {
        server.apply(pick.spec(1));

        server.apply(pick.commanding(2, rollBack("undo", NOW_MS, 41)));

        assertRefused("found epoch 1000000 version 41");
        assertThat(server.updates()).hasSize(1);
    }

    private static PolicyCommand rollBack(String id, long epoch, long version) {
        return PolicyCommand.newBuilder()
                .setCommandId(id)
                .setKind(PolicyCommandKind.ROLLBACK)
                .setEpoch(epoch)
                .setVersion(version)
                .build();
    }

    private void assertRefused(String why) {
        assertThat(server.deadLetters()).hasSize(1);
        DeadLetter letter = server.deadLetters().get(0);
        assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
        assertThat(letter.getDetail()).contains(why);
        assertThat(StandardCharsets.UTF_8
                        .decode(letter.getOriginalValue().duplicate())
                        .toString())
                .contains("hash-bits");
    }

    private float[] theta() {
        return server.theta(pick.known(1));
    }
}
