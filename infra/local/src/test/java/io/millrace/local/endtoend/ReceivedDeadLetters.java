package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The dead letters topic, compared with what a test expects on it: nothing less, and nothing else. */
final class ReceivedDeadLetters implements AutoCloseable {

    private final ConcurrentLinkedQueue<DeadLetter> received = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Refusal> expected = new ConcurrentLinkedQueue<>();
    private final TopicTail<DeadLetter> tail;

    /** A record that was refused, by its key. */
    private record Refusal(String key, DeadLetterReason reason) {
        static Refusal of(DeadLetter letter) {
            return new Refusal(Objects.requireNonNullElse(letter.getTrajectoryId(), ""), letter.getReason());
        }
    }

    private ReceivedDeadLetters(KafkaAccess kafka) {
        this.tail = TopicTail.follow(kafka, kafka.topics().deadLetters(), received::add);
    }

    static ReceivedDeadLetters of(KafkaAccess kafka) {
        return new ReceivedDeadLetters(kafka);
    }

    /** The record of this key must be refused for this reason. */
    void expect(String key, DeadLetterReason reason) {
        expected.add(new Refusal(key, reason));
    }

    /** Waits for all expected so far; each says in a sentence why. */
    void awaitAll() {
        await("dead letters")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(
                        () -> assertThat(received.stream().map(Refusal::of).toList())
                                .containsExactlyInAnyOrderElementsOf(expected));
        assertThat(List.copyOf(received))
                .allSatisfy(letter -> assertThat(letter.getDetail()).isNotBlank());
    }

    /** Why the only refused record of this key was refused. */
    String detail(String key) {
        return received.stream()
                .filter(letter -> key.equals(letter.getTrajectoryId()))
                .reduce((one, other) -> {
                    throw new AssertionError("two dead letters of '" + key + "'");
                })
                .orElseThrow()
                .getDetail();
    }

    @Override
    public void close() {
        tail.close();
    }
}
