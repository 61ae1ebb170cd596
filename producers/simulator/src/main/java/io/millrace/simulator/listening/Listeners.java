package io.millrace.simulator.listening;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A population of listeners: exponential delays, and some who are odd.
 *
 * @param meanDelay from output to answer
 * @param never share of those who do not answer, in [0, 1]
 * @param twice share of those who send their answer twice
 * @param atOnce share of those who answer without delay: the job may see the reward before its generation
 */
public record Listeners(Duration meanDelay, double never, double twice, double atOnce) {

    /** Mean delay of 2 s; 5% never, 1% twice, 2% at once. */
    public static final Listeners DEFAULT = new Listeners(Duration.ofSeconds(2), 0.05, 0.01, 0.02);

    public Listeners {
        requireShare("never", never);
        requireShare("twice", twice);
        requireShare("atOnce", atOnce);
        requireShare("never + twice + atOnce", never + twice + atOnce);
        if (meanDelay.isNegative()) {
            throw new IllegalArgumentException("listeners.mean-delay: expected at least 0, found " + meanDelay);
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("listeners." + name + ": expected a share in [0, 1], found " + share);
        }
    }

    /** The next listener. Takes three numbers of {@code random}, whatever they are. */
    public Fate draw(RandomGenerator random) {
        double kind = random.nextDouble();
        long delay = delayNanos(random);
        long repeat = delayNanos(random);
        if (kind < never) {
            return new Fate(0, 0, 0);
        }
        if (kind < never + twice) {
            return new Fate(2, delay, repeat);
        }
        return new Fate(1, kind < never + twice + atOnce ? 0 : delay, 0);
    }

    /** Inverse of the exponential's distribution function. */
    private long delayNanos(RandomGenerator random) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanDelay.toNanos());
    }
}
