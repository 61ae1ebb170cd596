package io.millrace.bench.curves.choice;

import io.millrace.policy.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Synthetic: one of ten classes, by a table over two features of six values each, with a tenth of the labels wrong. Neither
 * feature says anything without the other, and a third one never does.
 */
final class Conjunctions implements Problem {

    private static final int VALUES = 6;
    private static final int CLASSES = 10;
    private static final double NOISE = 0.1;

    @Override
    public String name() {
        return "conjunctions";
    }

    @Override
    public int rounds() {
        return 20_000;
    }

    @Override
    public Game begin(long seed) {
        var random = new SplittableRandom(seed);
        int[] table = random.ints(VALUES * VALUES, 0, CLASSES).toArray();
        List<Prompt.Option> options = new ArrayList<>();
        for (int label = 0; label < CLASSES; label++) {
            options.add(new Prompt.Option("class" + label, Map.of()));
        }
        return () -> {
            int a = random.nextInt(VALUES);
            int b = random.nextInt(VALUES);
            int label = random.nextDouble() < NOISE ? random.nextInt(CLASSES) : table[a * VALUES + b];
            double[] rewards = new double[CLASSES];
            rewards[label] = 1;
            Map<String, Float> features =
                    Map.of("a=" + a, 1f, "b=" + b, 1f, "c=" + random.nextInt(VALUES), 1f, "ab=" + a + "," + b, 1f);
            return new Round(new Prompt.Choice(features, options), rewards);
        };
    }
}
