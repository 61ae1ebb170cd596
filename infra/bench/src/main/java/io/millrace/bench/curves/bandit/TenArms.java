package io.millrace.bench.curves.bandit;

import java.util.random.RandomGenerator;

/**
 * The 10-armed testbed (Sutton and Barto 2018, section 2.3), shifted as in figure 2.5: q*(a) ~ N(4, 1), rewards of a
 * ~ N(q*(a), 1).
 */
final class TenArms {

    static final int ARMS = 10;
    private static final double MEAN = 4;

    private final double[] values = new double[ARMS];
    private final RandomGenerator random;
    private final int best;

    TenArms(RandomGenerator random) {
        this.random = random;
        int greatest = 0;
        for (int arm = 0; arm < ARMS; arm++) {
            values[arm] = MEAN + random.nextGaussian();
            greatest = values[arm] > values[greatest] ? arm : greatest;
        }
        this.best = greatest;
    }

    double pull(int arm) {
        return values[arm] + random.nextGaussian();
    }

    boolean isBest(int arm) {
        return arm == best;
    }
}
