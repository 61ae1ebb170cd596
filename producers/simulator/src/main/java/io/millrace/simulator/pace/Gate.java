package io.millrace.simulator.pace;

/** Lets through at a rate that may change, for one thread: a token bucket that holds 10 ms worth. */
public final class Gate {

    private static final double NANOS = 1e9;
    private static final double BURST_SECONDS = 0.010;

    private double permits = 1;
    private long lastNanos;

    public Gate(long nowNanos) {
        this.lastNanos = nowNanos;
    }

    /** Takes a permit: 0 when there was one, else the nanoseconds until there will be. */
    public long take(long nowNanos, double ratePerSecond) {
        double earned = (nowNanos - lastNanos) * ratePerSecond / NANOS;
        permits = Math.min(Math.max(1, ratePerSecond * BURST_SECONDS), permits + earned);
        lastNanos = nowNanos;
        if (permits >= 1) {
            permits--;
            return 0;
        }
        return (long) Math.ceil((1 - permits) / ratePerSecond * NANOS);
    }
}
