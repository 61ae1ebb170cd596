package io.millrace.learner.parameters;

import io.millrace.learner.gradient.BatchTotals;
import io.millrace.learner.gradient.LearnedTrajectories;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.policy.FeatureHash;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.schemas.LearningStats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What has been learned since the last published update: sums, the links of the lag chain, the ledger. */
final class UpdateStatistics {

    /** Two significant digits: lags are read to the percent. */
    private static final int DIGITS = 2;

    /** Hashes in one record's ledger, 256 KiB of them: a record stays under {@code Topics.MAX_RECORD_BYTES}. */
    static final int MAX_LEDGER = 1 << 15;

    private final BatchStatistics sums = new BatchStatistics();
    private BatchTotals totals = new BatchTotals();
    private int steps;
    private double gradientNorm;
    private long oldestAppendedMs = Long.MAX_VALUE;
    private long newestAppendedMs = Long.MIN_VALUE;
    private final Histogram observedToAppended = new Histogram(DIGITS);
    private final Histogram appendedToJoined = new Histogram(DIGITS);
    private long[] hashes = new long[1024];
    private long[] appendedAtMs = new long[1024];
    private long[] joinedAtMs = new long[1024];
    private int learned;

    void add(PartialGradient partial) {
        sums.add(partial.statistics());
        totals.add(partial.totals());
        add(partial.trajectories());
    }

    private void add(LearnedTrajectories trajectories) {
        int needed = learned + trajectories.size();
        if (needed > hashes.length) {
            int capacity = Math.max(needed, 2 * hashes.length);
            hashes = Arrays.copyOf(hashes, capacity);
            appendedAtMs = Arrays.copyOf(appendedAtMs, capacity);
            joinedAtMs = Arrays.copyOf(joinedAtMs, capacity);
        }
        for (int i = 0; i < trajectories.size(); i++) {
            long appended = trajectories.appendedAtMs()[i];
            hashes[learned] = FeatureHash.of(trajectories.ids()[i]);
            appendedAtMs[learned] = appended;
            joinedAtMs[learned++] = trajectories.joinedAtMs()[i];
            if (appended > 0) {
                oldestAppendedMs = Math.min(oldestAppendedMs, appended);
                newestAppendedMs = Math.max(newestAppendedMs, appended);
                record(observedToAppended, appended - trajectories.observedAtMs()[i]);
                record(appendedToJoined, trajectories.joinedAtMs()[i] - appended);
            }
        }
    }

    /** An optimizer step was taken; the norm is of its mean gradient, before clipping. */
    void step(double norm) {
        steps++;
        gradientNorm = norm;
    }

    long stalestSeen() {
        return totals.stalestSeen;
    }

    boolean isEmpty() {
        return steps == 0;
    }

    /**
     * The records of it, one unless the ledger is too long for one: then each has its part of the ledger and counts what is in
     * it. The means are of all in each of them, the lags and counts of all in the first. {@link #clear} starts the next.
     */
    List<LearningStats> toRecords(long trajectoriesTotal, Instant publishedAt, boolean ledger) {
        LearningStats whole = toRecord(trajectoriesTotal, publishedAt);
        if (!ledger) {
            return List.of(whole);
        }
        List<LearningStats> parts = new ArrayList<>(1);
        for (int from = 0; from == 0 || from < learned; from += MAX_LEDGER) {
            int to = Math.min(learned, from + MAX_LEDGER);
            LearningStats part = parts.isEmpty() ? whole : goingOn(whole);
            part.setTrajectories(to - from);
            part.setTrajectoriesTotal(trajectoriesTotal - (learned - to));
            part.setLearnedTrajectories(ledger(from, to));
            parts.add(part);
        }
        return parts;
    }

    /** What a later part says, so that nothing is counted twice. */
    private static LearningStats goingOn(LearningStats whole) {
        return LearningStats.newBuilder(whole)
                .setSteps(0)
                .setMasked(0)
                .setVetoed(0)
                .setDemonstrations(0)
                .setObservedToAppended(null)
                .setAppendedToJoined(null)
                .setJoinedToPublished(null)
                .setAppendedToPublished(null)
                .build();
    }

    private LearningStats toRecord(long trajectoriesTotal, Instant publishedAt) {
        var appendedToPublished = new Histogram(DIGITS);
        var joinedToPublished = new Histogram(DIGITS);
        long now = publishedAt.toEpochMilli();
        for (int i = 0; i < learned; i++) {
            if (appendedAtMs[i] > 0) {
                record(appendedToPublished, now - appendedAtMs[i]);
                record(joinedToPublished, now - joinedAtMs[i]);
            }
        }
        return LearningStats.newBuilder()
                .setTrajectories(learned)
                .setTrajectoriesTotal(trajectoriesTotal)
                .setSteps(steps)
                .setRewardMean(totals.rewardMean())
                .setBaselineMean(totals.baselineMean())
                .setAdvantageMean(sums.advantageMean())
                .setAdvantageStd(sums.advantageStd())
                .setGradientNorm(gradientNorm)
                .setEntropy(sums.entropy())
                .setApproximateKl(sums.approximateKl())
                .setClippedFraction(sums.clippedFraction())
                .setEffectiveSampleSize(sums.effectiveSampleSize())
                .setExplainedVariance(sums.valued > 0 ? sums.explainedVariance() : null)
                .setValueLoss(sums.valued > 0 ? sums.valueLoss() : null)
                .setMasked(sums.masked)
                .setVetoed(sums.vetoed)
                .setStalenessMean(totals.stalenessMean())
                .setStalenessMin(totals.trajectories == 0 ? 0 : totals.stalenessMin)
                .setStalenessMax(totals.stalenessMax)
                .setDemonstrations(sums.demonstrations)
                .setOldestRewardAppendedAt(
                        oldestAppendedMs == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldestAppendedMs))
                .setNewestRewardAppendedAt(
                        newestAppendedMs == Long.MIN_VALUE ? null : Instant.ofEpochMilli(newestAppendedMs))
                .setObservedToAppended(encode(observedToAppended))
                .setAppendedToJoined(encode(appendedToJoined))
                .setJoinedToPublished(encode(joinedToPublished))
                .setAppendedToPublished(encode(appendedToPublished))
                .build();
    }

    void clear() {
        sums.clear();
        totals = new BatchTotals();
        steps = 0;
        gradientNorm = 0;
        oldestAppendedMs = Long.MAX_VALUE;
        newestAppendedMs = Long.MIN_VALUE;
        observedToAppended.reset();
        appendedToJoined.reset();
        learned = 0;
    }

    private ByteBuffer ledger(int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (to - from));
        bytes.asLongBuffer().put(hashes, from, to - from);
        return bytes;
    }

    /** Clocks of two machines may differ: a link never takes less than no time. */
    private static void record(Histogram histogram, long millis) {
        histogram.recordValue(Math.max(0, millis));
    }

    private static @Nullable ByteBuffer encode(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(bytes);
        bytes.flip();
        return bytes;
    }
}
