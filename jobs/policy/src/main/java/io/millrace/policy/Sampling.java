package io.millrace.policy;

/** How an output is drawn from a policy. */
public sealed interface Sampling {

    /** From π_θ as it is. */
    Stochastic AS_LEARNED = new Stochastic(1.0);

    /** The likeliest output. */
    Greedy GREEDY = new Greedy();

    /**
     * The likeliest action at every step; ties go to the lowest index. Recorded log-probs are those of the distribution that was
     * drawn from, as always: here all 0, since no other action could have come. Entropies stay those of π_θ.
     */
    record Greedy() implements Sampling {}
    /**
     * From the distribution ∝ π_θ^(1/temperature), restricted at every step to its {@code topK} likeliest actions and, of
     * these, to the fewest that together have the share {@code topP}; recorded log-probs are of that distribution.
     *
     * @param temperature 0.01 to 100: outside, log-probs no longer are numbers or the policy no longer matters
     * @param topK at least 0; 0: no restriction
     * @param topP in (0, 1]; 1: no restriction
     */
    record Stochastic(double temperature, int topK, double topP) implements Sampling {
        public static final double LEAST_TEMPERATURE = 0.01;
        public static final double GREATEST_TEMPERATURE = 100;

        public Stochastic {
            if (!(temperature >= LEAST_TEMPERATURE && temperature <= GREATEST_TEMPERATURE)) {
                throw new InvalidInputException("temperature: expected " + LEAST_TEMPERATURE + " to "
                        + GREATEST_TEMPERATURE + ", found " + temperature);
            }
            if (topK < 0) {
                throw new InvalidInputException("top-k: expected 0 (no restriction) or more, found " + topK);
            }
            if (!(topP > 0 && topP <= 1)) {
                throw new InvalidInputException(
                        "top-p: expected a number greater than 0 and at most 1 (no restriction), found " + topP);
            }
        }

        /** Without restriction. */
        public Stochastic(double temperature) {
            this(temperature, 0, 1);
        }
    }

    /**
     * Checks that the sampling leaves every action possible.
     *
     * @param kind of policy that knows no restriction
     * @throws InvalidInputException otherwise
     */
    static void refuseRestriction(Sampling sampling, String kind) {
        if (sampling instanceof Stochastic stochastic && (stochastic.topK() != 0 || stochastic.topP() != 1)) {
            throw new InvalidInputException("top-k, top-p: expected 0 and 1 (no restriction) for a policy of kind "
                    + kind + ", found " + stochastic.topK() + " and " + stochastic.topP() + "; leave them out");
        }
    }
}
