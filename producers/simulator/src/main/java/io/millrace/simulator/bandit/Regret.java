package io.millrace.simulator.bandit;

/**
 * What was lost against the best choices, exactly: expectations are compared, not drawn rewards.
 *
 * @param rounds played
 * @param cumulative Σ (μ_best − μ_chosen) over all rounds
 * @param recentMean the same a round, over the last {@code recentRounds}
 * @param recentUniformMean what choosing at random would have lost a round in those; the optimum loses 0
 */
public record Regret(long rounds, double cumulative, long recentRounds, double recentMean, double recentUniformMean) {}
