package io.millrace.simulator.pace;

/**
 * Finds the rate that the system sustains, by the update lag that users see.
 *
 * <p>A rate a little too high makes the lag grow without bound, and shows late: rewards follow their generations by
 * seconds. So this is a proportional–integral controller on the headroom h = 1 − lag / target, in the logarithm of the rate
 * (K. J. Åström, R. M. Murray, Feedback Systems, chapter 11). The integral searches for the capacity, slowly:
 *
 * <pre>
 *   sustainable ← sustainable · exp(g h Δt)        g = 0.12/s for h > 0, 0.25/s for h ≤ 0 (there h counts as −1 at least)
 *   rate         = sustainable · (1 + 0.3 h)       for h > 0
 *                = sustainable · max(0.2, 1 + h)   for h ≤ 0
 * </pre>
 *
 * <p>At the start, and whenever the lag has been below half of the target for three seconds, the capacity is far: then g is
 * 0.4/s until the lag exceeds the target.
 *
 * <p>The proportional part damps the loop and empties a backlog; without it, integrating what the queue has already
 * integrated would swing for ever. The search never runs more than a fourth ahead of what was really achieved, so that a
 * limit elsewhere (the generators' own) does not wind it up.
 */
public final class ClosedLoop implements Pacer {

    private static final double FAST_GROWTH_PER_SECOND = 0.4;
    private static final double GENTLE_GROWTH_PER_SECOND = 0.12;
    private static final double DECAY_PER_SECOND = 0.25;
    private static final double CALM_HEADROOM = 0.5;
    private static final double CALM_SECONDS = 3;
    private static final double DAMPING = 0.3;
    private static final double LEAST_FACTOR = 0.2;
    private static final double MOST_AHEAD = 1.25;
    private static final double REFUSED_FACTOR = 0.7;

    private final double targetLagMillis;
    private final double floor;
    private final double ceiling;
    private double sustainable;
    private double calmSeconds;
    private double growthPerSecond = FAST_GROWTH_PER_SECOND;
    private volatile double rate;

    /**
     * @param targetLagMillis where the recent lag is to be kept
     * @param initialRate trajectories a second to begin with; the rate never falls below a fifth of it
     * @param ceiling most trajectories a second
     */
    public ClosedLoop(double targetLagMillis, double initialRate, double ceiling) {
        if (!(targetLagMillis > 0 && initialRate > 0 && ceiling >= initialRate)) {
            throw new IllegalArgumentException(
                    "pace: expected a positive target lag and 0 < initial rate <= ceiling, found " + targetLagMillis
                            + " ms, " + initialRate + " and " + ceiling);
        }
        this.targetLagMillis = targetLagMillis;
        this.floor = LEAST_FACTOR * initialRate;
        this.ceiling = ceiling;
        this.sustainable = initialRate;
        this.rate = initialRate;
    }

    @Override
    public double ratePerSecond() {
        return rate;
    }

    @Override
    public void observe(Observation seen) {
        if (seen.refused() > 0) {
            sustainable = Math.max(floor, sustainable * Math.pow(REFUSED_FACTOR, seen.seconds()));
            rate = Math.max(floor, LEAST_FACTOR * sustainable);
            return;
        }
        if (Double.isNaN(seen.lagMillis())) {
            return;
        }
        double headroom = 1 - seen.lagMillis() / targetLagMillis;
        search(headroom, seen);
        rate = Math.max(floor, Math.min(ceiling, sustainable * factor(headroom)));
    }

    private void search(double headroom, Observation seen) {
        chooseGrowth(headroom, seen.seconds());
        double speed = headroom > 0 ? growthPerSecond * headroom : DECAY_PER_SECOND * Math.max(headroom, -1);
        double wanted = sustainable * Math.exp(speed * seen.seconds());
        if (headroom > 0 && wanted > MOST_AHEAD * seen.achievedPerSecond()) {
            wanted = Math.min(wanted, sustainable);
        }
        sustainable = Math.max(floor, Math.min(ceiling, wanted));
    }

    private void chooseGrowth(double headroom, double seconds) {
        calmSeconds = headroom > CALM_HEADROOM ? calmSeconds + seconds : 0;
        if (headroom <= 0) {
            growthPerSecond = GENTLE_GROWTH_PER_SECOND;
        } else if (calmSeconds >= CALM_SECONDS) {
            growthPerSecond = FAST_GROWTH_PER_SECOND;
        }
    }

    private static double factor(double headroom) {
        return headroom > 0 ? 1 + DAMPING * headroom : Math.max(LEAST_FACTOR, 1 + headroom);
    }
}
