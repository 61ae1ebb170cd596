package io.millrace.bench.curves.choice;

/** A contextual bandit whose rounds depend on nothing but a seed, so that every player meets the same in the same order. */
interface Problem {

    /** In camel case: measures are named after it. */
    String name();

    /** Rounds of its full length. */
    int rounds();

    /** A game from its first round on. */
    Game begin(long seed);

    /** Deals one round after another. */
    @FunctionalInterface
    interface Game {
        Round next();
    }
}
