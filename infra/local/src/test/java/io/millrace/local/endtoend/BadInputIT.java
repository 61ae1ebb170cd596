package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.Ledger;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topic;
import io.millrace.sdk.Millrace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputIT extends OnAnyBroker {

    private static final PolicyDefinition GOOD = Bandit.named("good");
    private static final String POLICY = GOOD.policy();
    private static final String IMPATIENT = "impatient";
    private static final int OVERSIZED_BYTES = 2 << 20;

    @TempDir
    private Path directory;

    private SmallSystem system;
    private RawSender sender;
    private ReceivedDeadLetters deadLetters;
    private Topic<Generation> generations;
    private Topic<Reward> rewards;
    private final List<String> learnable = new ArrayList<>();
    private long epoch;

    @BeforeEach
    void start() throws Exception {
        system = SmallSystem.start(startBroker(directory), directory, GOOD, Bandit.impatient(IMPATIENT));
        sender = new RawSender(system.kafka());
        deadLetters = ReceivedDeadLetters.of(system.kafka());
        generations = system.kafka().topics().generations();
        rewards = system.kafka().topics().rewards();
        epoch = system.published().head(POLICY).epoch();
    }

    @AfterEach
    void stop() throws Exception {
        deadLetters.close();
        sender.close();
        system.close();
    }

    @Test
    void whateverCannotBeUsedEndsAsADeadLetterWithItsReasonWhileTheJobGoesOnLearning() throws Exception {
        goodOnes("before");
        undecodable();
        nonFinite();
        impossible();
        crossed();
        goodOnes("between");
        repeated();
        late();
        neverMatched();
        oversized();
        goodOnes("after");

        deadLetters.awaitAll();
        assertEverythingGoodIsLearnedByAJobThatNeverRestarted();
    }

    private void undecodable() throws Exception {
        for (Topic<?> topic : List.of(generations, rewards)) {
            String noise = "noise-" + topic.record().getSimpleName();
            sender.send(topic, noise, "not Avro".getBytes(StandardCharsets.UTF_8));
            deadLetters.expect(noise, DeadLetterReason.UNDECODABLE);

            String empty = "empty-" + topic.record().getSimpleName();
            sender.send(topic, empty, new byte[0]);
            deadLetters.expect(empty, DeadLetterReason.UNDECODABLE);

            String foreign = "foreign-" + topic.record().getSimpleName();
            sender.send(topic, foreign, new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0});
            deadLetters.expect(foreign, DeadLetterReason.UNKNOWN_SCHEMA);
        }
    }

    private void nonFinite() throws Exception {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            String rewarded = "reward-" + value;
            sender.send(
                    rewards,
                    rewarded,
                    Records.reward(POLICY, rewarded).setValue(value).build());
            deadLetters.expect(rewarded, DeadLetterReason.NON_FINITE);

            String generated = "log-prob-" + value;
            sender.send(
                    generations,
                    generated,
                    Records.generation(POLICY, generated)
                            .setLogProbs(List.of((float) value))
                            .build());
            deadLetters.expect(generated, DeadLetterReason.NON_FINITE);
        }
    }

    private void impossible() throws Exception {
        sender.send(
                generations,
                "action-2",
                Records.generation(POLICY, "action-2").setActions(List.of(2)).build());
        deadLetters.expect("action-2", DeadLetterReason.UNKNOWN_ACTION);
        sender.send(
                generations,
                "nobody's",
                Records.generation("nobody", "nobody's").build());
        deadLetters.expect("nobody's", DeadLetterReason.UNKNOWN_POLICY);
        sender.send(
                rewards,
                "nobody's-reward",
                Records.reward("nobody", "nobody's-reward").build());
        deadLetters.expect("nobody's-reward", DeadLetterReason.UNKNOWN_POLICY);
        sender.send(
                rewards,
                "unknown-metric",
                Records.reward(POLICY, "unknown-metric").setName("applause").build());
        deadLetters.expect("unknown-metric", DeadLetterReason.INVALID);
        sender.send(generations, "key", Records.generation(POLICY, "another").build());
        deadLetters.expect("key", DeadLetterReason.INVALID);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        sender.send(
                rewards,
                "tomorrow",
                Records.reward(POLICY, "tomorrow").setObservedAt(tomorrow).build());
        deadLetters.expect("tomorrow", DeadLetterReason.CLOCK_SKEW);
    }

    /** A reward under another policy's name is neither policy's; the trajectory still waits for its own. */
    private void crossed() throws Exception {
        String id = "crossed";
        sender.send(generations, id, Records.generation(POLICY, id).build());
        sender.send(
                rewards,
                id,
                Records.reward(IMPATIENT, id).setRewardId("crossed").build());
        deadLetters.expect(id, DeadLetterReason.INVALID);
        deadLetters.awaitAll();
        sender.send(rewards, id, Records.reward(POLICY, id).build());
        learnable.add(id);
    }

    /** The same bytes again change nothing; another step or reward under the same name does not either, and is reported. */
    private void repeated() throws Exception {
        String id = "repeated";
        Generation step = Records.generation(POLICY, id).build();
        long dropped = duplicatesDropped();
        sender.send(generations, id, step);
        sender.send(generations, id, step);
        sender.send(
                generations,
                id,
                Generation.newBuilder(step).setActions(List.of(1)).build());
        deadLetters.expect(id, DeadLetterReason.DUPLICATE_CONFLICT);
        deadLetters.awaitAll();
        Reward reward = Records.reward(POLICY, id).build();
        sender.send(rewards, id, reward);
        sender.send(rewards, id, reward);
        learnable.add(id);
        await("one step and one reward dropped")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(() -> assertThat(duplicatesDropped()).isEqualTo(dropped + 2));
    }

    private long duplicatesDropped() {
        return system.learner().counters().sum("duplicatesDropped");
    }

    private void late() throws Exception {
        String complete = "complete";
        sendGood(complete);
        system.awaitLearned(POLICY, learnable.size());
        sender.send(
                rewards,
                complete,
                Records.reward(POLICY, complete).setRewardId("one more").build());
        deadLetters.expect(complete, DeadLetterReason.LATE);

        // The reward first: two hours late, the generation's window is over before it is there, and both are refused.
        String twoHours = "two-hours";
        long taken = system.learner().counters().sum("rewards");
        sender.send(rewards, twoHours, Records.reward(POLICY, twoHours).build());
        await("the reward has been read")
                .atMost(SmallSystem.PATIENCE)
                .until(() -> system.learner().counters().sum("rewards") > taken);
        sender.send(
                generations,
                twoHours,
                Records.generation(POLICY, twoHours)
                        .setProducedAt(Instant.now().minus(Duration.ofHours(2)))
                        .build());
        deadLetters.expect(twoHours, DeadLetterReason.LATE);
        deadLetters.expect(twoHours, DeadLetterReason.LATE);
        forgotten();
    }

    /** In natural order: the output, the end of its window, and only then its reward. */
    private void forgotten() throws Exception {
        String id = "forgotten";
        long skipped = system.learner().counters().sum("trajectoriesSkipped");
        sender.send(generations, id, Records.generation(IMPATIENT, id).build());
        await("its window has closed")
                .atMost(SmallSystem.PATIENCE)
                .until(() -> system.learner().counters().sum("trajectoriesSkipped") > skipped);
        sender.send(rewards, id, Records.reward(IMPATIENT, id).build());
        deadLetters.expect(id, DeadLetterReason.UNMATCHED);
        deadLetters.awaitAll();
        assertThat(deadLetters.detail(id)).contains("came after its window of PT1S", "raise join.reward-window");
    }

    private void neverMatched() throws Exception {
        sender.send(
                rewards, "for-nothing", Records.reward(IMPATIENT, "for-nothing").build());
        deadLetters.expect("for-nothing", DeadLetterReason.UNMATCHED);
        sender.send(
                generations,
                "no-first-step",
                Records.generation(IMPATIENT, "no-first-step").setStep(1).build());
        deadLetters.expect("no-first-step", DeadLetterReason.MISSING_STEP);
    }

    private void oversized() throws Exception {
        String id = "oversized";
        Generation large = Records.generation(POLICY, id)
                .setSegment("x".repeat(OVERSIZED_BYTES))
                .build();
        assertThatThrownBy(() -> sender.send(generations, id, large))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);

        sender.allow(generations, 2 * OVERSIZED_BYTES);
        // The broker may not have heard of it at once.
        await("the topic takes large records")
                .atMost(SmallSystem.PATIENCE)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> {
                    sender.send(generations, id, large);
                    return true;
                });
        deadLetters.expect(id, DeadLetterReason.OVERSIZED);
    }

    private void goodOnes(String when) throws Exception {
        for (int i = 0; i < 10; i++) {
            sendGood(when + "-" + i);
        }
    }

    private void sendGood(String id) throws Exception {
        sender.send(generations, id, Records.generation(POLICY, id).build());
        sender.send(rewards, id, Records.reward(POLICY, id).build());
        learnable.add(id);
    }

    private void assertEverythingGoodIsLearnedByAJobThatNeverRestarted() {
        long[] served = Users.few(system.millrace(), POLICY, 5);
        long[] expected = LongStream.concat(learnable.stream().mapToLong(Millrace::ledgerHash), LongStream.of(served))
                .toArray();
        await("everything good is learned")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.published().audit(POLICY, expected))
                        .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0)));
        assertThat(system.learner().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(system.learner().lastFailure()).isEmpty();
        assertThat(system.published().head(POLICY).epoch()).isEqualTo(epoch);
        float[] theta = system.published().theta(GOOD);
        assertThat(IntStream.range(0, theta.length).mapToDouble(i -> theta[i])).allMatch(Double::isFinite);
        system.awaitAgreement(POLICY);
    }
}
