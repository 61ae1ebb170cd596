package io.millrace.simulator.listening;

/**
 * The mean reward over the course of a run of unknown length, in bounded memory: when all buckets are full, neighbours
 * are merged and each is twice as wide. Safe for use by several threads.
 */
public final class RewardCurve {

    private static final int BUCKETS = 2048;

    private final double[] sums = new double[BUCKETS];
    private long perBucket = 1;
    private long count;

    synchronized void add(double reward) {
        if (count == perBucket * BUCKETS) {
            merge();
        }
        sums[(int) (count++ / perBucket)] += reward;
    }

    private void merge() {
        for (int i = 0; i < BUCKETS; i++) {
            double merged = i < BUCKETS / 2 ? sums[2 * i] + sums[2 * i + 1] : 0;
            sums[i] = merged;
        }
        perBucket *= 2;
    }

    public synchronized long count() {
        return count;
    }

    /**
     * Mean reward of the slice from {@code from} to {@code to}, both shares of the rewards so far; a bucket that lies partly
     * in it counts in part. NaN when there are none.
     */
    public synchronized double mean(double from, double to) {
        double first = from * count / perBucket;
        double end = to * count / perBucket;
        double sum = 0;
        double size = 0;
        for (int i = (int) first; i < BUCKETS && i < end; i++) {
            double filled = Math.min(perBucket, count - i * perBucket) / (double) perBucket;
            double overlap = Math.min(end, i + filled) - Math.max(first, i);
            sum += sums[i] * overlap / filled;
            size += overlap * perBucket;
        }
        return sum / size;
    }
}
