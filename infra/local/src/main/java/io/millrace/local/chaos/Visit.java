package io.millrace.local.chaos;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One user's visit, all of it drawn before it begins, so that a seed gives the same users whatever happens to them.
 *
 * @param user of ten, who each like another of five things best
 * @param delayMs from the answer to the feedback; those of many users overlap, so feedback comes in another order
 * @param repeats whether the feedback is sent once more though it was taken
 * @param secondThoughts whether another reward follows long after the first has been learned
 */
record Visit(long number, int user, int delayMs, boolean repeats, boolean secondThoughts) {

    static final double REPEATED = 0.05;
    private static final double WITH_SECOND_THOUGHTS = 0.02;
    private static final int USERS = 10;
    private static final int THINGS = 5;
    private static final int MOST_DELAY_MS = 600;

    /** Far enough from each other that the generator's streams are unrelated. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    static Visit of(long seed, long number) {
        SplittableRandom random = new SplittableRandom(seed + number * SPREAD);
        return new Visit(
                number,
                random.nextInt(USERS),
                random.nextInt(MOST_DELAY_MS),
                random.nextDouble() < REPEATED,
                random.nextDouble() < WITH_SECOND_THOUGHTS);
    }

    /** Body of the request for an output. */
    String request() {
        StringBuilder candidates = new StringBuilder();
        for (int thing = 0; thing < THINGS; thing++) {
            candidates.append(thing == 0 ? "" : ", ").append(String.format(Locale.ROOT, """
                    {"id": "%1$d", "features": {"thing=%1$d": 1, "user=%2$d,thing=%1$d": 1}}""", thing, user));
        }
        return "{\"features\": {\"user=" + user + "\": 1}, \"candidates\": [" + candidates + "]}";
    }

    /** How the user likes a thing. */
    double reward(String thing) {
        return thing.equals(Integer.toString(user % THINGS)) ? 1 : 0;
    }
}
