package io.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulator.bandit.BanditWorld;
import io.millrace.simulator.listening.FeedbackSchedule;
import io.millrace.simulator.listening.Listeners;
import io.millrace.simulator.listening.RewardCurve;
import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Reaction;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final double RATE = 100;

    private final GenerationCounts counts = new GenerationCounts();
    private final FakeService service = new FakeService("arm-3");
    private long now;
    private final FeedbackSchedule schedule =
            new FeedbackSchedule(() -> now, () -> Instant.EPOCH, Optional.empty(), new RewardCurve());

    @Test
    void asksAtTheRateThatIsAllowed() {
        run(generator(service, 1), 10 * SECOND);

        assertThat(counts.requested.sum()).isBetween(999L, 1_002L);
        assertThat(counts.acknowledged.sum()).isEqualTo(counts.requested.sum());
        assertThat(schedule.counts().outstanding()).isEqualTo(counts.requested.sum());
    }

    @Test
    void asksTheSameForTheSameSeed() {
        FakeService other = new FakeService("arm-3");
        FakeService third = new FakeService("arm-3");
        run(generator(service, 1), SECOND);
        run(generator(other, 1), SECOND);
        run(generator(third, 2), SECOND);

        assertThat(service.asked()).hasSizeGreaterThan(90).isEqualTo(other.asked());
        assertThat(service.asked()).isNotEqualTo(third.asked());
    }

    @Test
    void waitsLongerAndLongerWhileTheServiceIsAwayAndCountsWhatWasLost() {
        service.failNext(Integer.MAX_VALUE);
        Generator generator = generator(service, 1);
        run(generator, 20 * SECOND);
        // 20, 40, … 1280 ms and then 1280 ms each time: 7 + (20 − 2.54) / 1.28.
        assertThat(counts.failed.sum()).isBetween(20L, 22L);
        assertThat(schedule.counts().outstanding()).isZero();

        service.failNext(0);
        run(generator, 12 * SECOND);
        assertThat(counts.acknowledged.sum()).isGreaterThan(1_000);
        assertThat(counts.requested.sum()).isEqualTo(counts.acknowledged.sum() + counts.failed.sum());
    }

    @Test
    void neverHasMoreOutstandingThanAllowed() {
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        Generator generator = generator(
                new Service() {
                    @Override
                    public CompletableFuture<Answer> generate(Situation situation) {
                        CompletableFuture<Answer> answer = new CompletableFuture<>();
                        waiting.add(answer);
                        return answer;
                    }

                    @Override
                    public CompletableFuture<Void> feedback(Answer answer, Reaction reaction) {
                        return CompletableFuture.completedFuture(null);
                    }
                },
                1);
        run(generator, 10 * SECOND);
        assertThat(waiting).hasSize(16);
        assertThat(generator.outstanding()).isEqualTo(16);

        waiting.get(0).complete(new Answer("t-1", "t-1", List.of("arm-1")));
        run(generator, SECOND);
        assertThat(waiting).hasSize(17);
    }

    private Generator generator(Service of, long seed) {
        return new Generator(
                new BanditWorld(7, 1_000_000),
                of,
                Listeners.DEFAULT,
                schedule,
                counts,
                new SplittableRandom(seed),
                () -> RATE,
                16,
                now);
    }

    private void run(Generator generator, long nanos) {
        long end = now + nanos;
        while (now < end) {
            now += generator.step(now);
        }
    }
}
