package io.millrace.local.chaos;

import io.millrace.local.chaos.ServedOverHttp.Position;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** Measures how long it takes until replicas apply again what is learned after a blow. */
final class Recovery {

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final Comparator<Position> NEWER =
            Comparator.comparingLong(Position::epoch).thenComparingLong(Position::version);

    private final Evidence evidence;
    private final ServedOverHttp http;
    private final Duration patience;

    Recovery(Evidence evidence, ServedOverHttp http, Duration patience) {
        this.evidence = evidence;
        this.http = http;
        this.patience = patience;
    }

    /**
     * Waits until each of the replicas serves an update that was made after {@code since} from trajectories, in this epoch
     * or a later one; seconds since then. Empty: it did not come in time.
     */
    OptionalDouble await(Instant since, long epoch, List<URI> replicas) {
        Instant deadline = since.plus(patience);
        while (Instant.now().isBefore(deadline)) {
            Optional<Evidence.Learned> first = evidence.learnedAfter(since, epoch);
            if (first.isPresent()) {
                Position wanted = new Position(first.get().epoch(), first.get().version());
                if (replicas.stream().allMatch(replica -> NEWER.compare(http.position(replica), wanted) >= 0)) {
                    return OptionalDouble.of(
                            Duration.between(since, Instant.now()).toMillis() / 1e3);
                }
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return OptionalDouble.empty();
    }
}
