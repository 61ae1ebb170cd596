package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.UpdateWriter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody can follow on the topics that everybody follows. */
final class BadControlIT {

    private static final PolicyDefinition GOOD = Bandit.named("good");
    private static final String POLICY = GOOD.policy();
    private static final byte[] NOISE = "not Avro".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private SmallSystem system;
    private RawSender sender;
    private long epoch;

    @BeforeEach
    void start() throws Exception {
        system = SmallSystem.start(directory, GOOD);
        sender = new RawSender(system.kafka());
        epoch = system.published().head(POLICY).epoch();
    }

    @AfterEach
    void stop() {
        sender.close();
        system.close();
    }

    @Test
    void specificationsThatCannotBeFollowedAreDeadLetters() throws Exception {
        Topic<PolicySpec> policies = system.kafka().topics().policies();
        try (ReceivedDeadLetters deadLetters = ReceivedDeadLetters.of(system.kafka())) {
            sender.send(policies, "noise", NOISE);
            deadLetters.expect("noise", DeadLetterReason.UNDECODABLE);
            sender.send(policies, "nonsense", Records.specification("nonsense", 1, "{\"policy\": "));
            deadLetters.expect("nonsense", DeadLetterReason.POLICY_REFUSED);
            // The command would refuse it; another tool may not.
            sender.send(
                    policies,
                    POLICY,
                    Records.specification(POLICY, 2, Bandit.otherModel(POLICY).toJson()));
            deadLetters.expect(POLICY, DeadLetterReason.POLICY_REFUSED);
            deadLetters.awaitAll();
        }
        assertEverybodyGoesOn();
    }

    @Test
    void updatesThatCannotBeReadAreCountedAndPassedOver() throws Exception {
        Topic<ParameterUpdate> parameters = system.kafka().topics().parameters();
        long skipped = system.millrace().metrics().recordsSkipped();
        long unread = system.learner().counters().sum("controlRecordsUndecodable");

        sender.send(parameters, POLICY, NOISE);
        sender.send(parameters, POLICY, new byte[0]);

        await("counted").atMost(SmallSystem.PATIENCE).untilAsserted(() -> {
            assertThat(system.millrace().metrics().recordsSkipped()).isEqualTo(skipped + 2);
            assertThat(system.learner().counters().sum("controlRecordsUndecodable"))
                    .isEqualTo(unread + 2);
        });
        assertEverybodyGoesOn();
    }

    @Test
    void updatesThatFitNothingStopNobody() throws Exception {
        Topic<ParameterUpdate> parameters = system.kafka().topics().parameters();
        var empty = new EncodedParameters("delta-sparse-i8", new byte[0]);
        UpdateChunk gap =
                UpdateChunk.ofDelta(POLICY, epoch, 1_001, 1_000, empty, 0).get(0);
        ParameterLayout other = ParameterLayout.of("table", 3, 2);
        EncodedParameters short6 = SnapshotEncoder.encode(other, new float[6]);
        UpdateChunk wrongLength =
                UpdateChunk.ofSnapshot(POLICY, epoch, 2_000, short6, 0, 0).get(0);

        for (UpdateChunk unfit : List.of(gap, wrongLength)) {
            sender.send(
                    parameters,
                    POLICY,
                    UpdateWriter.update(unfit).setCreatedAt(Instant.now()).build());
        }

        awaitAllRead();
        assertEverybodyGoesOn();
    }

    /** A record that is counted comes after all others of its policy, and is read after them. */
    private void awaitAllRead() throws Exception {
        long skipped = system.millrace().metrics().recordsSkipped();
        long unread = system.learner().counters().sum("controlRecordsUndecodable");
        sender.send(system.kafka().topics().parameters(), POLICY, NOISE);
        await("read").atMost(SmallSystem.PATIENCE).untilAsserted(() -> {
            assertThat(system.millrace().metrics().recordsSkipped()).isEqualTo(skipped + 1);
            assertThat(system.learner().counters().sum("controlRecordsUndecodable"))
                    .isEqualTo(unread + 1);
        });
    }

    private void assertEverybodyGoesOn() {
        Users.few(system.millrace(), POLICY, 20);
        system.awaitLearned(POLICY, 20);
        system.awaitAgreement(POLICY);
        assertThat(system.learner().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(system.learner().lastFailure()).isEmpty();
        assertThat(system.published().head(POLICY).epoch()).isEqualTo(epoch);
    }
}
