package io.millrace.simulator.pace;

/** How many trajectories a second all users together start. */
public interface Pacer {

    /** The rate now, a second; safe to be read by any thread. */
    double ratePerSecond();

    /** Tells what was seen; called from one thread, a few times a second. */
    void observe(Observation observation);

    /** As many as {@code perSecond}, whatever is seen. */
    static Pacer fixed(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate: expected more than 0 a second, found " + perSecond);
        }
        return new Pacer() {
            @Override
            public double ratePerSecond() {
                return perSecond;
            }

            @Override
            public void observe(Observation observation) {
                // Whatever is seen.
            }
        };
    }
}
