package io.millrace.bench.curves.control;

/**
 * How steps are gathered between two rounds of learning.
 *
 * @param environments that are acted in side by side
 * @param steps in each of them; an episode that is under way goes on in the next round
 * @param microBatches that the environments are dealt out to
 */
public record Rollouts(int environments, int steps, int microBatches) {

    public Rollouts {
        if (environments < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "rollouts: expected at least 1 environment and 1 step, found " + environments + " and " + steps);
        }
        if (microBatches < 1 || microBatches > environments) {
            throw new IllegalArgumentException("micro-batches: expected 1 to as many as there are environments ("
                    + environments + "), found " + microBatches);
        }
    }

    /** Steps of a round. */
    int frames() {
        return environments * steps;
    }
}
