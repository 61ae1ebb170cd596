package io.millrace.bench.curves.corridor;

import java.util.BitSet;

/** The steps of an episode. */
final class Walk {

    private final BitSet rights = new BitSet();
    private int steps;

    void go(boolean right) {
        rights.set(steps++, right);
    }

    int steps() {
        return steps;
    }

    boolean right(int step) {
        return rights.get(step);
    }

    double sumOfRewards() {
        return steps * ShortCorridor.REWARD;
    }
}
