package io.millrace.local.chaos;

import io.millrace.learner.options.LearnerOptions.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done to a cluster.
 *
 * @param length how long users ask; longer, up to six times as long, while there were too few kills
 * @param perSecond outputs that they ask for in a second
 * @param leastPerSecond trajectories whose feedback must be acknowledged in a second, on average over all the time
 * @param victims what is killed, at least one of each
 * @param kills fewest kills
 * @param seed of all that is drawn
 * @param delivery how the job publishes
 * @param directory where to keep data and logs; empty: nothing is kept
 */
public record ChaosOptions(
        Duration length,
        double perSecond,
        double leastPerSecond,
        List<Victim> victims,
        int kills,
        long seed,
        Delivery delivery,
        Optional<Path> directory) {

    /** Under six kills in two minutes nobody would call it chaos. */
    private static final Duration LENGTH_OF_A_KILL = Duration.ofSeconds(20);

    public ChaosOptions {
        victims = List.copyOf(victims);
        if (victims.isEmpty()) {
            throw new IllegalArgumentException("--kill: expected at least one kind of part, found none");
        }
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("--rate: expected more than 0, found " + perSecond);
        }
        if (!(leastPerSecond >= 0 && leastPerSecond <= perSecond)) {
            throw new IllegalArgumentException(
                    "--least-rate: expected from 0 to --rate " + perSecond + ", found " + leastPerSecond);
        }
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("--for: expected some time, found " + length);
        }
    }

    /** As many kills as this length asks for, and one of each victim at least. */
    public static int killsIn(Duration length, List<Victim> victims) {
        return Math.max(victims.size(), Math.toIntExact(length.dividedBy(LENGTH_OF_A_KILL)));
    }
}
