package io.millrace.simulator.listening;

import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Reaction;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Encounter;
import java.time.Instant;
import java.util.Optional;

/**
 * One listener between hearing an output and having said all that they will say. Passed from thread to thread through the
 * schedule's queue, never used by two at once.
 */
final class Judgement {

    /** One reward a trajectory: a constant is as good as any identity, and small. */
    private static final String REWARD_ID = "reaction-1";

    final Service service;
    final Answer answer;
    final Fate fate;
    private final Encounter encounter;

    /** When to send next, in the schedule's nanoseconds. */
    long dueNanos;

    int acknowledged;
    int attempts;
    private double score;
    private Optional<Reaction> reaction = Optional.empty();

    Judgement(Service service, Encounter encounter, Answer answer, Fate fate, long dueNanos) {
        this.service = service;
        this.encounter = encounter;
        this.answer = answer;
        this.fate = fate;
        this.dueNanos = dueNanos;
    }

    double judge() {
        score = encounter.score(answer.output());
        return score;
    }

    /** The same at every attempt: a retry is not a new observation. */
    Reaction reaction(Instant now) {
        Reaction said = reaction.orElseGet(() -> new Reaction(REWARD_ID, score, now));
        reaction = Optional.of(said);
        return said;
    }
}
