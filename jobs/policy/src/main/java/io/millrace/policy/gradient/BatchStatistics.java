package io.millrace.policy.gradient;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums over the trajectories of a batch; two add up, so a worker's travel with its gradient. Fields are plain sums, methods
 * are the diagnostics made of them. Where actions of a trajectory differ, a trajectory counts with their mean.
 */
public final class BatchStatistics {

    /** Trajectories, generated and demonstrated. */
    public long trajectories;
    /** Trajectories that were demonstrated. They enter none of the sums below. */
    public long demonstrations;
    /** Actions of generated trajectories. */
    public long actions;
    /** Sum of the advantages A. */
    public double advantageSum;

    public double advantageSquaredSum;
    /** Sum over actions of H(π(· | s)); nats. */
    public double entropySum;
    /** Sum of ρ − 1 − log ρ with ρ = π(τ)/μ(τ) of the whole trajectory; nats. */
    public double klSum;
    /** Sum of the importance weights as they were applied. */
    public double weightSum;

    public double weightSquaredSum;
    /** Sum over trajectories of the share of their actions whose weight was cut or whose ratio left its bounds. */
    public double clipped;
    /** Actions whose weight was masked. */
    public long masked;
    /** Trajectories that count nothing, for a token all but impossible. */
    public long vetoed;
    /** Sum over actions and trajectories of π_ref/π − 1 − log π_ref/π, of each action; nats. */
    public double referenceKlSum;
    /** Actions whose value was learned. */
    public long valued;
    /** Sum of the targets of V. */
    public double targetSum;

    public double targetSquaredSum;
    /** Sum of target − V. */
    public double residualSum;

    public double residualSquaredSum;

    /** Generated trajectories. */
    public long generated() {
        return trajectories - demonstrations;
    }

    /** Generated trajectories that count. */
    private long weighed() {
        return generated() - vetoed;
    }

    /** Mean advantage of a trajectory that counts. */
    public double advantageMean() {
        return mean(advantageSum, weighed());
    }

    /** Population standard deviation. */
    public double advantageStd() {
        return Math.sqrt(variance(advantageSum, advantageSquaredSum, weighed()));
    }

    /** Mean entropy of an action; nats. */
    public double entropy() {
        return mean(entropySum, actions);
    }

    /** Mean of ρ − 1 − log ρ: estimates KL(μ ‖ π) (Schulman 2020, k3); nats a trajectory. */
    public double approximateKl() {
        return mean(klSum, generated());
    }

    /** Mean of the k3 estimates of KL(π ‖ π_ref), summed over a trajectory's actions; nats a trajectory. */
    public double referenceKl() {
        return mean(referenceKlSum, weighed());
    }

    /** (Σ w)² / Σ w²: how many equally weighted trajectories would tell as much (Kong 1992). */
    public double effectiveSampleSize() {
        return weightSquaredSum > 0 ? weightSum * weightSum / weightSquaredSum : 0;
    }

    /** Mean share of a trajectory's actions that were clipped. */
    public double clippedFraction() {
        return mean(clipped, weighed());
    }

    /** Share of all actions that were masked. */
    public double maskedFraction() {
        return mean((double) masked, actions);
    }

    /** Mean of ½ (target − V)², without its coefficient. */
    public double valueLoss() {
        return mean(residualSquaredSum, valued) / 2;
    }

    /**
     * 1 − Var(target − V) / Var(target): 1 for a perfect critic, 0 for one that knows no more than a constant, negative for a
     * worse one; 0 where targets do not vary.
     */
    public double explainedVariance() {
        double targets = variance(targetSum, targetSquaredSum, valued);
        return targets > 0 ? 1 - variance(residualSum, residualSquaredSum, valued) / targets : 0;
    }

    private static double mean(double sum, long count) {
        return sum / Math.max(1, count);
    }

    private static double variance(double sum, double squaredSum, long count) {
        double mean = mean(sum, count);
        return Math.max(0, mean(squaredSum, count) - mean * mean);
    }

    public void add(BatchStatistics other) {
        trajectories += other.trajectories;
        demonstrations += other.demonstrations;
        actions += other.actions;
        advantageSum += other.advantageSum;
        advantageSquaredSum += other.advantageSquaredSum;
        entropySum += other.entropySum;
        klSum += other.klSum;
        weightSum += other.weightSum;
        weightSquaredSum += other.weightSquaredSum;
        clipped += other.clipped;
        masked += other.masked;
        vetoed += other.vetoed;
        referenceKlSum += other.referenceKlSum;
        valued += other.valued;
        targetSum += other.targetSum;
        targetSquaredSum += other.targetSquaredSum;
        residualSum += other.residualSum;
        residualSquaredSum += other.residualSquaredSum;
    }

    public void clear() {
        trajectories = 0;
        demonstrations = 0;
        actions = 0;
        advantageSum = 0;
        advantageSquaredSum = 0;
        entropySum = 0;
        klSum = 0;
        weightSum = 0;
        weightSquaredSum = 0;
        clipped = 0;
        masked = 0;
        vetoed = 0;
        referenceKlSum = 0;
        valued = 0;
        targetSum = 0;
        targetSquaredSum = 0;
        residualSum = 0;
        residualSquaredSum = 0;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(trajectories);
        out.writeLong(demonstrations);
        out.writeLong(actions);
        out.writeDouble(advantageSum);
        out.writeDouble(advantageSquaredSum);
        out.writeDouble(entropySum);
        out.writeDouble(klSum);
        out.writeDouble(weightSum);
        out.writeDouble(weightSquaredSum);
        out.writeDouble(clipped);
        out.writeLong(masked);
        out.writeLong(vetoed);
        out.writeDouble(referenceKlSum);
        out.writeLong(valued);
        out.writeDouble(targetSum);
        out.writeDouble(targetSquaredSum);
        out.writeDouble(residualSum);
        out.writeDouble(residualSquaredSum);
    }

    /** Reads what {@link #write} wrote. */
    public static BatchStatistics read(DataInput in) throws IOException {
        var s = new BatchStatistics();
        s.trajectories = in.readLong();
        s.demonstrations = in.readLong();
        s.actions = in.readLong();
        s.advantageSum = in.readDouble();
        s.advantageSquaredSum = in.readDouble();
        s.entropySum = in.readDouble();
        s.klSum = in.readDouble();
        s.weightSum = in.readDouble();
        s.weightSquaredSum = in.readDouble();
        s.clipped = in.readDouble();
        s.masked = in.readLong();
        s.vetoed = in.readLong();
        s.referenceKlSum = in.readDouble();
        s.valued = in.readLong();
        s.targetSum = in.readDouble();
        s.targetSquaredSum = in.readDouble();
        s.residualSum = in.readDouble();
        s.residualSquaredSum = in.readDouble();
        return s;
    }
}
