package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.DeadLetterFilter;
import io.millrace.local.admin.DeadLetterReplay;
import io.millrace.local.admin.DeadLetterReplay.Mode;
import io.millrace.local.audit.Ledger;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.sdk.Millrace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT extends OnAnyBroker {

    private static final String LATER = "later";
    private static final DeadLetterFilter UNKNOWN = new DeadLetterFilter(
            Optional.of(DeadLetterReason.UNKNOWN_POLICY), Optional.of(LATER), Optional.empty(), Optional.empty());
    private static final int EARLY = 5;
    private static final int PEOPLE = 40;

    @Test
    void whatCameBeforeItsPolicyIsLearnedOnceHoweverOftenItIsReplayed(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(startBroker(directory), directory, Bandit.named("first"))) {
            List<Early> early =
                    Stream.iterate(0, i -> i + 1).limit(EARLY).map(Early::of).toList();
            sendTooEarly(early, system);
            system.policies().apply(Bandit.named(LATER));
            await("served")
                    .atMost(SmallSystem.PATIENCE)
                    .until(() -> system.millrace().policies().stream()
                            .anyMatch(status -> status.name().equals(LATER) && status.ready()));
            // Learned by the job itself, so every part of it knows the policy by now.
            long[] people = Users.few(system.millrace(), LATER, PEOPLE);
            system.awaitLearned(LATER, PEOPLE);
            var replay = new DeadLetterReplay(system.kafka());

            assertThat(replay.replay(UNKNOWN, Mode.COUNT).sent()).isZero();
            assertThat(replay.replay(UNKNOWN, Mode.SEND).sent()).isEqualTo(2 * EARLY);
            system.awaitLearned(LATER, PEOPLE + EARLY);
            assertThat(replay.replay(UNKNOWN, Mode.SEND).sent()).isZero();
            // As a replay would that had died before it could mark anything: the join knows them.
            send(early, system);
            long[] more = Users.few(system.millrace(), LATER, PEOPLE);
            system.awaitLearned(LATER, 2 * PEOPLE + EARLY);

            long[] expected = LongStream.concat(
                            early.stream().mapToLong(sent -> Millrace.ledgerHash(sent.id())),
                            LongStream.concat(LongStream.of(people), LongStream.of(more)))
                    .toArray();
            assertThat(system.published().audit(LATER, expected))
                    .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0));
        }
    }

    /** One trajectory. */
    private record Early(String id, Generation generation, Reward reward) {
        static Early of(int number) {
            String id = "early-" + number;
            return new Early(
                    id,
                    Records.generation(LATER, id).build(),
                    Records.reward(LATER, id).build());
        }
    }

    /** When this returns, all are dead letters: nobody knows the policy yet. */
    private static void sendTooEarly(List<Early> early, SmallSystem system) throws Exception {
        try (ReceivedDeadLetters deadLetters = ReceivedDeadLetters.of(system.kafka())) {
            send(early, system);
            for (Early sent : early) {
                deadLetters.expect(sent.id(), DeadLetterReason.UNKNOWN_POLICY);
                deadLetters.expect(sent.id(), DeadLetterReason.UNKNOWN_POLICY);
            }
            deadLetters.awaitAll();
        }
    }

    private static void send(List<Early> early, SmallSystem system) throws Exception {
        try (var sender = new RawSender(system.kafka())) {
            for (Early one : early) {
                sender.send(system.kafka().topics().generations(), one.id(), one.generation());
                sender.send(system.kafka().topics().rewards(), one.id(), one.reward());
            }
        }
    }
}
