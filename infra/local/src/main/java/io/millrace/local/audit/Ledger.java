package io.millrace.local.audit;

import java.util.Arrays;

/**
 * What should have been learned, compared with what θ's lineage says was.
 *
 * @param expected trajectories that must be learned once
 * @param learned trajectories in the lineage, every repetition counted
 * @param lost expected, but not in the lineage
 * @param duplicated repetitions in the lineage
 * @param unexpected in the lineage though nobody expected them: their sender did not hear that Kafka had taken them
 * @param missingUpdates versions of the lineage that the audit never saw; with any, the figures above prove nothing
 */
public record Ledger(long expected, long learned, long lost, long duplicated, long unexpected, long missingUpdates) {

    /**
     * Compares two multisets of trajectory hashes by sorting and merging copies of them. A 64-bit hash makes a false
     * answer about as likely as n²/2⁶⁵: 10⁻⁷ for two million trajectories.
     *
     * @param expected hashes, each counted once however often it is given
     * @param learned hashes, in the lineage's order
     */
    public static Ledger compare(long[] expected, long[] learned, long missingUpdates) {
        long[] wanted = expected.clone();
        long[] found = learned.clone();
        Arrays.sort(wanted);
        Arrays.sort(found);
        long distinctWanted = 0;
        long lost = 0;
        long duplicated = 0;
        long unexpected = 0;
        int w = 0;
        int f = 0;
        while (w < wanted.length || f < found.length) {
            long hash = smaller(wanted, w, found, f);
            int wantedTimes = run(wanted, w, hash);
            int foundTimes = run(found, f, hash);
            w += wantedTimes;
            f += foundTimes;
            distinctWanted += wantedTimes > 0 ? 1 : 0;
            lost += wantedTimes > 0 && foundTimes == 0 ? 1 : 0;
            unexpected += wantedTimes == 0 ? 1 : 0;
            duplicated += Math.max(0, foundTimes - 1);
        }
        return new Ledger(distinctWanted, learned.length, lost, duplicated, unexpected, missingUpdates);
    }

    /** Whether every expected trajectory was learned exactly once, and the audit saw the whole lineage. */
    public boolean exactlyOnce() {
        return lost == 0 && duplicated == 0 && missingUpdates == 0;
    }

    private static long smaller(long[] a, int i, long[] b, int j) {
        if (i == a.length) {
            return b[j];
        }
        return j == b.length ? a[i] : Math.min(a[i], b[j]);
    }

    /** How often {@code hash} stands in the sorted array from {@code from} on. */
    private static int run(long[] sorted, int from, long hash) {
        int to = from;
        while (to < sorted.length && sorted[to] == hash) {
            to++;
        }
        return to - from;
    }
}
