package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.parameters.Parameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Compares how often outputs are sampled with the probabilities recorded for them. */
public final class Frequencies {

    private static final int SAMPLES = 50_000;

    private Frequencies() {}

    /** Pearson's χ² test, at a seed: with k outputs, χ² below k − 1 + 4 √(2 (k − 1)). The outputs must be all there are. */
    public static void check(Policy policy, Parameters theta, Context context, Sampling sampling, int outputs) {
        var random = new SplittableRandom(99);
        var out = new Generated();
        Map<List<Integer>, Double> probabilities = new HashMap<>();
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            policy.generate(theta, context, sampling, random, out);
            List<Integer> output = Arrays.stream(out.copyActions()).boxed().toList();
            probabilities.put(output, Math.exp(out.logProb()));
            counts.merge(output, 1, Integer::sum);
        }

        assertThat(probabilities).hasSize(outputs);
        assertThat(probabilities.values().stream().mapToDouble(p -> p).sum())
                .as("recorded probabilities of all outputs")
                .isBetween(1 - 1e-5, 1 + 1e-5);
        double chiSquare = 0;
        for (Map.Entry<List<Integer>, Double> entry : probabilities.entrySet()) {
            double expected = SAMPLES * entry.getValue();
            double difference = counts.getOrDefault(entry.getKey(), 0) - expected;
            chiSquare += difference * difference / expected;
        }
        int freedom = outputs - 1;
        assertThat(chiSquare).isLessThanOrEqualTo(freedom + 4 * Math.sqrt(2.0 * freedom));
    }
}
