package io.millrace.simulator;

import io.millrace.simulator.listening.Listeners;

/**
 * How a simulation runs.
 *
 * @param seed of everything that is drawn
 * @param generators threads of users inside this JVM, ≥ 1
 * @param httpShare share of the users who come over HTTP, in [0, 1)
 * @param httpMostPerSecond bound on these
 * @param mostOutstanding requests of one thread that may wait for their answers
 */
public record SimulationSettings(
        long seed,
        int generators,
        double httpShare,
        double httpMostPerSecond,
        int mostOutstanding,
        Listeners listeners) {

    public SimulationSettings {
        if (generators < 1) {
            throw new IllegalArgumentException("simulation.generators: expected at least 1, found " + generators);
        }
        if (!(httpShare >= 0 && httpShare < 1)) {
            throw new IllegalArgumentException("simulation.http-share: expected a share in [0, 1), found " + httpShare);
        }
        if (!(httpMostPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "simulation.http-most-per-second: expected more than 0, found " + httpMostPerSecond);
        }
        if (mostOutstanding < 1) {
            throw new IllegalArgumentException(
                    "simulation.most-outstanding: expected at least 1, found " + mostOutstanding);
        }
    }

    /** One thread; 1% of users over HTTP, at most 50 a second; 4,096 requests outstanding; the default listeners. */
    public static SimulationSettings seeded(long seed) {
        return new SimulationSettings(seed, 1, 0.01, 50, 4096, Listeners.DEFAULT);
    }
}
