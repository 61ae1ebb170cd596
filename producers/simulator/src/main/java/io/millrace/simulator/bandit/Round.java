package io.millrace.simulator.bandit;

import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.util.Arrays;
import java.util.List;

/** One round of the bandit: a user, and for every arm the chance that they like it. */
final class Round implements Encounter {

    private final Situation.Choice situation;
    private final double[] expected;
    private final double luck;
    private final RegretMeter meter;

    /**
     * @param expected the chance of each arm, {@code [arms]}
     * @param luck in [0, 1): the user likes an arm whose chance is greater
     */
    Round(Situation.Choice situation, double[] expected, double luck, RegretMeter meter) {
        this.situation = situation;
        this.expected = expected;
        this.luck = luck;
        this.meter = meter;
    }

    @Override
    public Situation.Choice situation() {
        return situation;
    }

    /** 1 with the chance of the arm that {@code output} names first, else 0. Counts the regret. */
    @Override
    public double score(List<String> output) {
        double chance = chance(output);
        meter.add(best() - chance, uniformRegret());
        return luck < chance ? 1 : 0;
    }

    double regret(List<String> output) {
        return best() - chance(output);
    }

    double uniformRegret() {
        return best() - Arrays.stream(expected).average().orElseThrow();
    }

    String bestArm() {
        int best = 0;
        for (int arm = 1; arm < expected.length; arm++) {
            best = expected[arm] > expected[best] ? arm : best;
        }
        return situation.candidates().get(best).id();
    }

    private double best() {
        return Arrays.stream(expected).max().orElseThrow();
    }

    private double chance(List<String> output) {
        for (int arm = 0; arm < expected.length && !output.isEmpty(); arm++) {
            if (situation.candidates().get(arm).id().equals(output.get(0))) {
                return expected[arm];
            }
        }
        return 0;
    }
}
