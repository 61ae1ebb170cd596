package io.millrace.bench.environments;

/** The checks that every environment makes of a step. */
final class Episode {

    private Episode() {}

    static void requireStep(int action, int actions, boolean terminal) {
        if (action < 0 || action >= actions) {
            throw new IllegalArgumentException("action: expected 0 to " + (actions - 1) + ", found " + action);
        }
        if (terminal) {
            throw new IllegalStateException("step: expected an episode under way, found one that has ended; reset it");
        }
    }
}
