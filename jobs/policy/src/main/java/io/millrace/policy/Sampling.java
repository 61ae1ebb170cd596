package io.millrace.policy;

/** How an output is drawn from a policy. */
public sealed interface Sampling {

    /** From π_θ as it is. */
    Sampling AS_LEARNED = new Stochastic(1.0);

    /** The likeliest action at every step; ties go to the lowest index. Recorded log-probs are those of π_θ. */
    record Greedy() implements Sampling {}

    /**
     * From the distribution ∝ π_θ^(1/temperature); recorded log-probs are of that distribution.
     *
     * @param temperature greater than 0
     */
    record Stochastic(double temperature) implements Sampling {
        public Stochastic {
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new InvalidInputException(
                        "temperature: expected a finite number greater than 0, found " + temperature);
            }
        }
    }
}
