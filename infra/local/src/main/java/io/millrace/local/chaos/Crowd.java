package io.millrace.local.chaos;

import io.millrace.local.chaos.ServedOverHttp.Answer;
import io.millrace.sdk.Millrace;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Users over HTTP who do what a client should: what is not answered with yes or no they ask again, of the other replica, a
 * little later each time, until it is. Feedback may safely be sent again, since its token names the reward; an output whose
 * answer was lost is asked for anew and the lost one never rewarded.
 */
final class Crowd implements AutoCloseable {

    private static final int TENTHS = 10;
    private static final int FIRST_PAUSE_MS = 50;
    private static final int LONGEST_PAUSE_MS = 3_000;
    private static final int SECOND_THOUGHTS_AFTER_MS = 4_000;

    /** Users who wait for an answer; who comes beyond them goes away again, or retries alone would keep servers from working. */
    private static final long MOST_AT_ONCE = 3_000;

    /** Processes that have just started serve the first of them slowly. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final ServedOverHttp http;
    private final List<URI> replicas;
    private final long seed;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, runnable -> {
        Thread thread = new Thread(runnable, "crowd");
        thread.setDaemon(true);
        return thread;
    });

    private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong turnedAway = new AtomicLong();
    private volatile boolean open = true;
    private volatile long startedNs;

    /** Of the one thread that lets users in. */
    private long ticks;

    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong secondThoughts = new AtomicLong();

    /** What users met with. {@code refused}: requests that were answered with a no that asking again would not change. */
    record Counts(long arrived, long turnedAway, long retries, long refused, long repeated, long secondThoughts) {}

    Crowd(ServedOverHttp http, List<URI> replicas, long seed) {
        this.http = http;
        this.replicas = List.copyOf(replicas);
        this.seed = seed;
    }

    /** Lets users in, so many a second. */
    void start(double perSecond) {
        startedNs = System.nanoTime();
        long periodNs = (long) (1e9 / perSecond);
        var ignored = clock.scheduleAtFixedRate(this::arrive, 0, periodNs, TimeUnit.NANOSECONDS);
    }

    private void arrive() {
        if (!open || !warm()) {
            return;
        }
        if (pending.get() < MOST_AT_ONCE) {
            pending.incrementAndGet();
            ask(Visit.of(seed, arrived.getAndIncrement()), 0);
        } else {
            turnedAway.incrementAndGet();
        }
    }

    /** Lets in one in ten at first, then more and more. */
    private boolean warm() {
        double share = (double) (System.nanoTime() - startedNs) / WARM_UP.toNanos();
        return share >= 1 || ticks++ % TENTHS < Math.max(1, share * TENTHS);
    }

    private void ask(Visit visit, int attempt) {
        var ignored = http.generate(replica(visit, attempt), visit.request()).thenAccept(answer -> {
            if (answer.ok()) {
                later(visit.delayMs(), () -> react(visit, answer, 0));
            } else if (answer.askAgain()) {
                retry(attempt, () -> ask(visit, attempt + 1));
            } else {
                refuse();
            }
        });
    }

    private void react(Visit visit, Answer output, int attempt) {
        var ignored = http.feedback(replica(visit, attempt), feedback(visit, output, "first"))
                .thenAccept(answer -> {
                    if (answer.ok()) {
                        acknowledged.add(Millrace.ledgerHash(
                                output.body().path("trajectoryId").asText()));
                        haveMore(visit, output);
                    } else if (answer.askAgain()) {
                        retry(attempt, () -> react(visit, output, attempt + 1));
                    } else {
                        refuse();
                    }
                });
    }

    /** What must change nothing: the same once more, or another reward of what has been learned. */
    private void haveMore(Visit visit, Answer output) {
        if (visit.repeats()) {
            repeated.incrementAndGet();
            pending.incrementAndGet();
            var ignored = http.feedback(replica(visit, 1), feedback(visit, output, "first"))
                    .whenComplete((answer, failure) -> pending.decrementAndGet());
        }
        if (visit.secondThoughts()) {
            secondThoughts.incrementAndGet();
            later(SECOND_THOUGHTS_AFTER_MS, () -> {
                var ignored = http.feedback(replica(visit, 0), feedback(visit, output, "second"))
                        .whenComplete((answer, failure) -> pending.decrementAndGet());
            });
        } else {
            pending.decrementAndGet();
        }
    }

    private static String feedback(Visit visit, Answer output, String rewardId) {
        return String.format(
                Locale.ROOT,
                "{\"feedbackToken\": \"%s\", \"value\": %.1f, \"rewardId\": \"%s\", \"last\": true}",
                output.body().path("feedbackToken").asText(),
                visit.reward(output.body().path("output").path(0).asText()),
                rewardId);
    }

    private URI replica(Visit visit, int attempt) {
        return replicas.get((int) ((visit.number() + attempt) % replicas.size()));
    }

    private void retry(int attempt, Runnable again) {
        retries.incrementAndGet();
        later(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt, 10)), again);
    }

    private void refuse() {
        refused.incrementAndGet();
        pending.decrementAndGet();
    }

    private void later(int millis, Runnable action) {
        var ignored = clock.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    /** Lets nobody in any more, and waits for those who are in; whether all had their say within that time. */
    boolean stop(Duration atMost) {
        open = false;
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        while (pending.get() > 0 && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return pending.get() == 0;
    }

    /** Hashes of the trajectories whose feedback was answered with 202. */
    long[] acknowledged() {
        return acknowledged.stream().mapToLong(Long::longValue).toArray();
    }

    Counts counts() {
        return new Counts(
                arrived.get(), turnedAway.get(), retries.get(), refused.get(), repeated.get(), secondThoughts.get());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
