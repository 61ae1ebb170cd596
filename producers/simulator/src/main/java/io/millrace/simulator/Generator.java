package io.millrace.simulator;

import io.millrace.simulator.listening.Fate;
import io.millrace.simulator.listening.FeedbackSchedule;
import io.millrace.simulator.listening.Listeners;
import io.millrace.simulator.pace.Gate;
import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One stream of users, driven by one thread: lets them ask at the rate that is allowed and hands what they hear to the
 * feedback schedule. A request that fails is a lost request, as with a real client, and the stream waits a while: twice as
 * long at every failure in a row.
 */
final class Generator {

    private static final long CROWDED_WAIT_NANOS = 200_000;
    private static final long FIRST_BACKOFF_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MAX_DOUBLINGS = 6;

    private final World world;
    private final Service service;
    private final Listeners listeners;
    private final FeedbackSchedule schedule;
    private final GenerationCounts counts;
    private final RandomGenerator random;
    private final DoubleSupplier rate;
    private final int mostOutstanding;
    private final Gate gate;

    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger successes = new AtomicInteger();
    private int failuresSeen;
    private int successesSeen;
    private int doublings;
    private long closedUntilNanos;

    /**
     * @param random of this stream alone
     * @param rate trajectories a second of this stream
     * @param mostOutstanding requests that may wait for their answers
     */
    Generator(
            World world,
            Service service,
            Listeners listeners,
            FeedbackSchedule schedule,
            GenerationCounts counts,
            RandomGenerator random,
            DoubleSupplier rate,
            int mostOutstanding,
            long nowNanos) {
        this.world = world;
        this.service = service;
        this.listeners = listeners;
        this.schedule = schedule;
        this.counts = counts;
        this.random = random;
        this.rate = rate;
        this.mostOutstanding = mostOutstanding;
        this.gate = new Gate(nowNanos);
        this.closedUntilNanos = nowNanos;
    }

    /** Lets one user ask, if one may; the nanoseconds to wait before the next call, 0 for none. */
    long step(long nowNanos) {
        backOff(nowNanos);
        if (closedUntilNanos - nowNanos > 0) {
            return closedUntilNanos - nowNanos;
        }
        if (outstanding.get() >= mostOutstanding) {
            return CROWDED_WAIT_NANOS;
        }
        long wait = gate.take(nowNanos, rate.getAsDouble());
        if (wait == 0) {
            ask(world.next(random), listeners.draw(random));
        }
        return wait;
    }

    /** Requests whose answers have not come. */
    int outstanding() {
        return outstanding.get();
    }

    private void backOff(long nowNanos) {
        if (successes.get() != successesSeen) {
            successesSeen = successes.get();
            doublings = 0;
        }
        if (failures.get() != failuresSeen && closedUntilNanos - nowNanos <= 0) {
            failuresSeen = failures.get();
            closedUntilNanos = nowNanos + (FIRST_BACKOFF_NANOS << doublings);
            doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        }
    }

    private void ask(Encounter encounter, Fate fate) {
        counts.requested.increment();
        outstanding.incrementAndGet();
        CompletableFuture<Answer> asked;
        try {
            asked = service.generate(encounter.situation());
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Answer> unused = asked.whenComplete((answer, failure) -> answered(encounter, fate, answer));
    }

    private void answered(Encounter encounter, Fate fate, @Nullable Answer answer) {
        if (answer == null) {
            counts.failed.increment();
            failures.incrementAndGet();
        } else {
            counts.acknowledged.increment();
            successes.incrementAndGet();
            schedule.heard(service, encounter, answer, fate);
        }
        outstanding.decrementAndGet();
    }
}
