package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicyCommand;
import io.millrace.schemas.PolicyCommandKind;
import io.millrace.schemas.UpdateKind;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters that were written to the snapshots topic from outside, and the command that names them. */
class ParameterServerImportTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final long ID = 123_456_789;
    private static final int[] ROWS = {1, 5, 63};

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private final float[] outside = new float[64];
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < outside.length; i++) {
            outside[i] = (i - 32) / 7f;
        }
        server = RunningServer.start(topic, NOW_MS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void replacesTheParametersOfARunningPolicyInAnEpochThatBeginsWithThem() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        write(outside);

        server.apply(pick.commanding(2, bringIn("import", ID)));

        assertThat(theta()).isEqualTo(outside);
        ParameterUpdate opening = server.lastUpdate();
        assertThat(opening.getKind()).isEqualTo(UpdateKind.SNAPSHOT);
        assertThat(opening.getEpoch()).isEqualTo(NOW_MS + 1);
        assertThat(opening.getVersion()).isZero();
        assertThat(opening.getParentEpoch()).as("from nothing").isEqualTo(NOW_MS + 1);
        assertThat(opening.getStats().getTrajectoriesTotal()).isZero();
        server.learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));
        assertThat(theta()[5]).isCloseTo(outside[5] + 0.25f, within(1e-5f));
        assertThat(server.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(2);
    }

    @Test
    void startsANewPolicyWithThemInsteadOfItsSeed() throws Exception {
        write(outside);

        server.apply(pick.commanding(1, bringIn("import", ID)));

        assertThat(theta()).isEqualTo(outside);
        assertThat(server.updates()).as("nothing was published before them").hasSize(1);
        assertThat(server.snapshots())
                .singleElement()
                .satisfies(kept -> assertThat(kept.getSlot()).isNotEqualTo(ImportedParameters.SLOT));
    }

    @Test
    void startsTheOptimizerAnew() throws Exception {
        SamplePolicy adagrad = pick.withText("optimizer.kind", "adagrad");
        server.apply(adagrad.spec(1));
        for (int i = 0; i < 5; i++) {
            server.learn(SampleGradient.of("pick", 4f, ROWS, "a" + i, "b" + i));
        }
        write(new float[64]);
        server.apply(adagrad.commanding(2, bringIn("import", ID))).learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));

        try (RunningServer fresh = RunningServer.start(new KeptSnapshots(), NOW_MS)) {
            fresh.apply(adagrad.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));
            assertThat(server.theta(adagrad.known(1))).isEqualTo(fresh.theta(adagrad.known(1)));
        }
    }

    @Test
    void isRefusedWhenTheyAreNotThereAndTheLearnerGoesOn() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));

        server.apply(pick.commanding(2, bringIn("import", ID)));

        assertRefused("found epoch 0 version " + ID);
        server.learn(SampleGradient.of("pick", 1f, ROWS, "c", "d"));
        assertThat(theta()[5]).isEqualTo(0.5f);
    }

    @Test
    void isRefusedWhenTheyAreOfAnotherModelAndNothingChanges() throws Exception {
        server.apply(pick.spec(1)).learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"));
        SamplePolicy smaller = pick.with("model.hash-bits", "5");
        ImportedParameters.records(
                        "pick", ID, smaller.known(1).policy().layout(), new float[32], Instant.ofEpochMilli(ID))
                .forEach(topic::add);

        server.apply(pick.commanding(2, bringIn("import", ID)));

        assertRefused("expected 64 parameters, found 32");
        assertThat(server.updates()).hasSize(2);
    }

    @Test
    void areNotTakenWithoutTheCommand() throws Exception {
        write(outside);

        server.apply(pick.spec(1));

        assertThat(theta()).isEqualTo(new float[64]);
    }

    @Test
    void areTakenOnceThroughARestartWithoutState() throws Exception {
        write(outside);
        server.apply(pick.commanding(1, bringIn("import", ID)))
                .learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"))
                .moveTo(NOW_MS + 60_000);
        float[] learned = theta();
        assertThat(learned).isNotEqualTo(outside);

        try (RunningServer next = RunningServer.start(topic, NOW_MS + 70_000)) {
            next.apply(pick.commanding(1, bringIn("import", ID)));
            assertThat(next.theta(pick.known(1))).isEqualTo(learned);
        }
    }

    @Test
    void areTakenByALearnerThatWasAwayWhenTheyCame() throws Exception {
        server.apply(pick.spec(1))
                .learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"))
                .moveTo(NOW_MS + 60_000);
        write(outside);

        try (RunningServer next = RunningServer.start(topic, NOW_MS + 70_000)) {
            next.apply(pick.commanding(2, bringIn("import", ID)));
            assertThat(next.theta(pick.known(1))).isEqualTo(outside);
            assertThat(next.updates()).hasSize(1);
        }
    }

    @Test
    void doNotStopALearnerWithoutStateWhenTheyAreGone() throws Exception {
        server.apply(pick.spec(1))
                .learn(SampleGradient.of("pick", 1f, ROWS, "a", "b"))
                .moveTo(NOW_MS + 60_000);

        try (RunningServer next = RunningServer.start(topic, NOW_MS + 70_000)) {
            next.apply(pick.commanding(2, bringIn("import", ID)));
            assertThat(next.theta(pick.known(1))).isEqualTo(theta());
            assertThat(next.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED));
        }
    }

    @Test
    void surviveARestore() throws Exception {
        write(outside);
        server.apply(pick.commanding(1, bringIn("import", ID)));

        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 1_000, server.checkpoint())) {
            assertThat(restored.theta(pick.known(1))).isEqualTo(outside);
        }
    }

    @Test
    void comeInSeveralChunksWhenTheyAreLarge() throws Exception {
        SamplePolicy large = SamplePolicy.choice("large").with("model.hash-bits", "19");
        float[] theta = new float[1 << 19];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i % 97 - 48;
        }
        var records = ImportedParameters.records(
                "large", ID, large.known(1).policy().layout(), theta, Instant.ofEpochMilli(ID));
        assertThat(records).hasSizeGreaterThan(2);
        records.forEach(topic::add);

        server.apply(large.commanding(1, bringIn("import", ID)));

        assertThat(server.theta(large.known(1))).isEqualTo(theta);
    }

    private void write(float[] theta) {
        ImportedParameters.records("pick", ID, pick.known(1).policy().layout(), theta, Instant.ofEpochMilli(ID))
                .forEach(topic::add);
    }

    private static PolicyCommand bringIn(String commandId, long id) {
        return PolicyCommand.newBuilder()
                .setCommandId(commandId)
                .setKind(PolicyCommandKind.IMPORT)
                .setEpoch(ImportedParameters.EPOCH)
                .setVersion(id)
                .build();
    }

    private void assertRefused(String why) {
        assertThat(server.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
            assertThat(letter.getDetail()).contains(why);
        });
    }

    private float[] theta() {
        return server.theta(pick.known(1));
    }
}
