package io.millrace.policy.gradient;

/**
 * Sums over the trajectories of a batch; two add up, so a worker's travel with its gradient. All plain sums: whoever shows
 * them divides.
 */
public final class BatchStatistics {

    public long trajectories;
    public long actions;
    public double advantageSum;
    public double advantageSquaredSum;
    public double entropySum;
    /** Sum over trajectories of ρ − 1 − log ρ. */
    public double klSum;
    /** Sum of the (truncated) importance weights. */
    public double weightSum;

    public double weightSquaredSum;
    /** Trajectories whose weight was truncated. */
    public long clipped;

    public void add(BatchStatistics other) {
        trajectories += other.trajectories;
        actions += other.actions;
        advantageSum += other.advantageSum;
        advantageSquaredSum += other.advantageSquaredSum;
        entropySum += other.entropySum;
        klSum += other.klSum;
        weightSum += other.weightSum;
        weightSquaredSum += other.weightSquaredSum;
        clipped += other.clipped;
    }

    public void clear() {
        trajectories = 0;
        actions = 0;
        advantageSum = 0;
        advantageSquaredSum = 0;
        entropySum = 0;
        klSum = 0;
        weightSum = 0;
        weightSquaredSum = 0;
        clipped = 0;
    }
}
