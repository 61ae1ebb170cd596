package io.millrace.bench.curves.staleness;

import java.util.Arrays;

/**
 * What a run has learned.
 *
 * @param curve expected reward at evenly spaced versions
 * @param theta the last θ
 */
record LearnedRun(double[] curve, float[] theta) {

    /** Mean over the run: how good and how quick. */
    double mean() {
        return Arrays.stream(curve).average().orElseThrow();
    }

    /** Where it ended. */
    double last() {
        return curve[curve.length - 1];
    }

    /** Parameters whose bits differ. */
    int differences(LearnedRun other) {
        int count = 0;
        for (int i = 0; i < theta.length; i++) {
            count += Float.floatToRawIntBits(theta[i]) == Float.floatToRawIntBits(other.theta[i]) ? 0 : 1;
        }
        return count;
    }
}
