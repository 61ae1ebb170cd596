package io.millrace.bench.curves.corridor;

/**
 * What a run has come to.
 *
 * @param returns of its episodes, in order
 * @param probabilityOfRight of the policy learned
 */
record LearnedCorridor(double[] returns, double probabilityOfRight) {

    /** Expected return of the policy learned. */
    double value() {
        return ShortCorridor.valueOf(probabilityOfRight);
    }
}
