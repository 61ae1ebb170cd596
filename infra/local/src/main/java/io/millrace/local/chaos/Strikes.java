package io.millrace.local.chaos;

import io.millrace.local.chaos.Strike.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What befalls a cluster, drawn from a seed: each round kills every victim once, in a new order, after a random time, and
 * pauses one of them.
 */
final class Strikes {

    private static final int LEAST_QUIET_MS = 1_000;
    private static final int MOST_QUIET_MS = 4_000;
    private static final int PARTS_OF_A_KIND = 2;

    private final Random random;
    private final List<Victim> victims;
    private final List<Strike> round = new ArrayList<>();

    Strikes(long seed, List<Victim> victims) {
        this.random = new Random(seed);
        this.victims = victims;
    }

    Strike next() {
        if (round.isEmpty()) {
            List<Victim> order = new ArrayList<>(victims);
            Collections.shuffle(order, random);
            order.forEach(victim -> round.add(strike(victim, Kind.KILL)));
            round.add(strike(victims.get(random.nextInt(victims.size())), Kind.PAUSE));
        }
        return round.remove(0);
    }

    private Strike strike(Victim victim, Kind kind) {
        int quietMs = LEAST_QUIET_MS + random.nextInt(MOST_QUIET_MS - LEAST_QUIET_MS);
        return new Strike(Duration.ofMillis(quietMs), victim, kind, random.nextInt(PARTS_OF_A_KIND));
    }
}
