package io.millrace.local.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * What is shown.
 *
 * @param world of the simulated users, see {@code Worlds}
 * @param seed of everything that is drawn
 * @param length how long users ask, unless somebody stops the demo before
 * @param httpPort loopback port of the first server; 0: any free one
 * @param metricsPort where a Prometheus server finds Flink's metrics; empty: nowhere
 * @param targetLagMillis where the users keep the update lag's 99th percentile by asking more or less
 * @param mostPerSecond bound on the outputs they ask for, a second
 */
public record DemoOptions(
        String world,
        long seed,
        Duration length,
        int httpPort,
        Optional<Integer> metricsPort,
        double targetLagMillis,
        double mostPerSecond) {

    public DemoOptions {
        if (length.toSeconds() < 1) {
            throw new IllegalArgumentException("--for: expected 1s or more, found " + length);
        }
        if (!(targetLagMillis > 0)) {
            throw new IllegalArgumentException("--target-lag: expected more than 0 ms, found " + targetLagMillis);
        }
        if (!(mostPerSecond > 0)) {
            throw new IllegalArgumentException("--max-rate: expected more than 0 a second, found " + mostPerSecond);
        }
    }
}
