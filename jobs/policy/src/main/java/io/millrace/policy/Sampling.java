package io.millrace.policy;

/** How an output is drawn from a policy. */
public sealed interface Sampling {

    /** From π_θ as it is. */
    Sampling AS_LEARNED = new Stochastic(1.0);

    /**
     * The likeliest action at every step; ties go to the lowest index. Recorded log-probs are those of the distribution that was
     * drawn from, as always: here all 0, since no other action could have come. Entropies stay those of π_θ.
     */
    record Greedy() implements Sampling {}

    /**
     * From the distribution ∝ π_θ^(1/temperature); recorded log-probs are of that distribution.
     *
     * @param temperature 0.01 to 100: outside, log-probs no longer are numbers or the policy no longer matters
     */
    record Stochastic(double temperature) implements Sampling {
        public static final double LEAST_TEMPERATURE = 0.01;
        public static final double GREATEST_TEMPERATURE = 100;

        public Stochastic {
            if (!(temperature >= LEAST_TEMPERATURE && temperature <= GREATEST_TEMPERATURE)) {
                throw new InvalidInputException("temperature: expected " + LEAST_TEMPERATURE + " to "
                        + GREATEST_TEMPERATURE + ", found " + temperature);
            }
        }
    }
}
