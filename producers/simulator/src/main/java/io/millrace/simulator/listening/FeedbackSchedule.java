package io.millrace.simulator.listening;

import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Encounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends every listener's feedback when it is due, again and again until the service has taken it.
 *
 * <p>Any thread may hand over an output ({@link #heard}); one thread at a time drives the schedule ({@link #advance}) and
 * does all judging and sending. Acknowledgements arrive on the service's threads and come back through the queue where
 * there is more to do.
 */
public final class FeedbackSchedule {

    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int SLOTS = 1 << 13;
    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MAX_DOUBLINGS = 5;

    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Optional<Ledger> ledger;
    private final RewardCurve curve;
    private final Outcomes outcomes = new Outcomes();
    private final Queue<Judgement> inbox = new ConcurrentLinkedQueue<>();
    private final TimingWheel<Judgement> wheel;

    /**
     * @param nanoTime monotonic time in nanoseconds
     * @param clock time of day, for what rewards say
     * @param ledger where to note what must be learned; empty: nowhere
     */
    public FeedbackSchedule(LongSupplier nanoTime, InstantSource clock, Optional<Ledger> ledger, RewardCurve curve) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.ledger = ledger;
        this.curve = curve;
        this.wheel = new TimingWheel<>(TICK_NANOS, SLOTS, nanoTime.getAsLong());
    }

    /** A listener has heard an answer. */
    public void heard(Service service, Encounter encounter, Answer answer, Fate fate) {
        outcomes.heard.increment();
        inbox.add(new Judgement(service, encounter, answer, fate, nanoTime.getAsLong() + fate.delayNanos()));
    }

    /** Does what is due. */
    public void advance() {
        for (Judgement next = inbox.poll(); next != null; next = inbox.poll()) {
            if (next.attempts == 0 && next.acknowledged == 0) {
                judge(next);
            } else {
                wheel.add(next.dueNanos, next);
            }
        }
        wheel.advance(nanoTime.getAsLong(), this::send);
    }

    public FeedbackCounts counts() {
        return outcomes.read();
    }

    private void judge(Judgement judgement) {
        curve.add(judgement.judge());
        if (judgement.fate.answers() == 0) {
            outcomes.never.increment();
            outcomes.settled.increment();
        } else if (judgement.fate.delayNanos() == 0) {
            send(judgement);
        } else {
            wheel.add(judgement.dueNanos, judgement);
        }
    }

    private void send(Judgement judgement) {
        judgement.attempts++;
        CompletableFuture<Void> sent;
        try {
            sent = judgement.service.feedback(judgement.answer, judgement.reaction(clock.instant()));
        } catch (RuntimeException e) {
            failed(judgement, e);
            return;
        }
        CompletableFuture<Void> unused = sent.whenComplete((nothing, failure) -> {
            if (failure == null) {
                acknowledged(judgement);
            } else {
                failed(judgement, failure);
            }
        });
    }

    private void acknowledged(Judgement judgement) {
        judgement.acknowledged++;
        if (judgement.acknowledged == 1) {
            outcomes.rewarded.increment();
            ledger.ifPresent(book -> book.expect(judgement.answer.trajectoryId()));
        } else {
            outcomes.duplicates.increment();
        }
        if (judgement.acknowledged == judgement.fate.answers()) {
            outcomes.settled.increment();
        } else {
            judgement.attempts = 0;
            later(judgement, judgement.fate.repeatNanos());
        }
    }

    private void failed(Judgement judgement, Throwable failure) {
        if (isFinal(failure)) {
            outcomes.refused.increment();
            outcomes.settled.increment();
            return;
        }
        outcomes.retries.increment();
        later(judgement, FIRST_RETRY_NANOS << Math.min(judgement.attempts - 1, MAX_DOUBLINGS));
    }

    private void later(Judgement judgement, long nanos) {
        judgement.dueNanos = nanoTime.getAsLong() + nanos;
        inbox.add(judgement);
    }

    private static boolean isFinal(@Nullable Throwable failure) {
        return failure instanceof CompletionException wrapped
                ? isFinal(wrapped.getCause())
                : failure instanceof IllegalArgumentException;
    }
}
