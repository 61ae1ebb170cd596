package io.millrace.learner.gradient;

import io.millrace.policy.value.ValueSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over the generated trajectories of a batch of what no estimator knows; two add up. Demonstrations enter none of them:
 * they have neither a reward nor a behaviour policy.
 */
public final class BatchTotals {

    public long trajectories;
    public double rewardSum;
    public double baselineSum;
    /** Sum of the versions between behaviour and current parameters. */
    public long stalenessSum;
    /** Least of them; {@link Long#MAX_VALUE} of no trajectory. */
    public long stalenessMin = Long.MAX_VALUE;

    public long stalenessMax;
    /** Largest staleness that arrived, of what was refused for it too. */
    public long stalestSeen;
    /** For the counterfactual values of policies, by the policy's name. */
    public final Map<String, ValueSums> values = new TreeMap<>();

    /** One trajectory. */
    public void add(double reward, double baseline, long staleness) {
        trajectories++;
        rewardSum += reward;
        baselineSum += baseline;
        stalenessSum += staleness;
        stalenessMin = Math.min(stalenessMin, staleness);
        stalenessMax = Math.max(stalenessMax, staleness);
        see(staleness);
    }

    /** One trajectory arrives, to be learned or refused. */
    public void see(long staleness) {
        stalestSeen = Math.max(stalestSeen, staleness);
    }

    public void add(BatchTotals other) {
        trajectories += other.trajectories;
        rewardSum += other.rewardSum;
        baselineSum += other.baselineSum;
        stalenessSum += other.stalenessSum;
        stalenessMin = Math.min(stalenessMin, other.stalenessMin);
        stalenessMax = Math.max(stalenessMax, other.stalenessMax);
        stalestSeen = Math.max(stalestSeen, other.stalestSeen);
        other.values.forEach((target, sums) -> valuesOf(target).add(sums));
    }

    /** Sums for the value of a policy. */
    public ValueSums valuesOf(String target) {
        return values.computeIfAbsent(target, name -> new ValueSums());
    }

    public double rewardMean() {
        return rewardSum / Math.max(1, trajectories);
    }

    public double baselineMean() {
        return baselineSum / Math.max(1, trajectories);
    }

    public double stalenessMean() {
        return (double) stalenessSum / Math.max(1, trajectories);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(trajectories);
        out.writeDouble(rewardSum);
        out.writeDouble(baselineSum);
        out.writeLong(stalenessSum);
        out.writeLong(stalenessMin);
        out.writeLong(stalenessMax);
        out.writeLong(stalestSeen);
        out.writeInt(values.size());
        for (Map.Entry<String, ValueSums> target : values.entrySet()) {
            out.writeUTF(target.getKey());
            for (double sum : target.getValue().toArray()) {
                out.writeDouble(sum);
            }
        }
    }

    static BatchTotals read(DataInput in) throws IOException {
        var totals = new BatchTotals();
        totals.trajectories = in.readLong();
        totals.rewardSum = in.readDouble();
        totals.baselineSum = in.readDouble();
        totals.stalenessSum = in.readLong();
        totals.stalenessMin = in.readLong();
        totals.stalenessMax = in.readLong();
        totals.stalestSeen = in.readLong();
        int targets = in.readInt();
        for (int i = 0; i < targets; i++) {
            String target = in.readUTF();
            double[] sums = new double[ValueSums.LENGTH];
            for (int k = 0; k < sums.length; k++) {
                sums[k] = in.readDouble();
            }
            totals.values.put(target, new ValueSums(sums));
        }
        return totals;
    }
}
