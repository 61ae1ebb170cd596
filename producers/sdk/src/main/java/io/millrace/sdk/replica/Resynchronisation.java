package io.millrace.sdk.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which policies need a snapshot, and when to try again.
 *
 * <p>A policy is due at once when it is new or has found a gap. Every further attempt waits twice as long as the one before,
 * until none has been needed for a while: an update that has been applied proves little, since a damaged one may follow it
 * and would be met again after every attempt.
 */
final class Resynchronisation {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private static final int DOUBLINGS = 7;

    /** After so long without need, the next need is a new one. */
    private static final Duration CALM = Duration.ofSeconds(10);

    /** {@code needed}: by what has been seen since the last attempt. */
    private record Attempts(int done, Instant nextAt, boolean needed) {}

    private final Map<String, Attempts> attempts = new HashMap<>();

    /** Says that the policy has no parameters, or that a delta did not fit them; true when this was not known yet. */
    boolean require(String policy, Instant now) {
        Attempts known = attempts.get(policy);
        if (known != null && known.needed()) {
            return false;
        }
        if (known == null || known.nextAt().plus(CALM).isBefore(now)) {
            attempts.put(policy, new Attempts(0, now, true));
        } else {
            attempts.put(policy, new Attempts(known.done(), known.nextAt(), true));
        }
        return true;
    }

    /** Says that nothing is missing any more. */
    void settled(String policy) {
        attempts.computeIfPresent(policy, (name, known) -> new Attempts(known.done(), known.nextAt(), false));
    }

    /** Forgets a policy that is no longer served. */
    void forget(String policy) {
        attempts.remove(policy);
    }

    Set<String> due(Instant now) {
        var due = new TreeSet<String>();
        attempts.forEach((policy, known) -> {
            if (known.needed() && !known.nextAt().isAfter(now)) {
                due.add(policy);
            }
        });
        return due;
    }

    /** Number of attempts made since the need arose. */
    int attempts(String policy) {
        Attempts known = attempts.get(policy);
        return known == null ? 0 : known.done();
    }

    /** Notes an attempt; {@code needed}: something is still missing. */
    void attempted(String policy, Instant now, boolean needed) {
        int done = attempts(policy);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(DOUBLINGS, done));
        attempts.put(policy, new Attempts(done + 1, now.plus(pause), needed));
    }
}
