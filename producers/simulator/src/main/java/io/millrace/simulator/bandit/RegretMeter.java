package io.millrace.simulator.bandit;

import java.util.Arrays;

/** Adds up regret; keeps the last rounds. Safe for use by several threads. */
final class RegretMeter {

    private final double[] recent;
    private final double[] recentUniform;
    private long rounds;
    private double cumulative;

    RegretMeter(int recentRounds) {
        this.recent = new double[recentRounds];
        this.recentUniform = new double[recentRounds];
    }

    synchronized void add(double regret, double uniformRegret) {
        int at = (int) (rounds % recent.length);
        recent[at] = regret;
        recentUniform[at] = uniformRegret;
        rounds++;
        cumulative += regret;
    }

    synchronized Regret read() {
        int kept = (int) Math.min(rounds, recent.length);
        double of = Math.max(1, kept);
        return new Regret(
                rounds,
                cumulative,
                kept,
                Arrays.stream(recent, 0, kept).sum() / of,
                Arrays.stream(recentUniform, 0, kept).sum() / of);
    }
}
