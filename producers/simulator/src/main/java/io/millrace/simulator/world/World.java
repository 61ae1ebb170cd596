package io.millrace.simulator.world;

import java.util.List;
import java.util.random.RandomGenerator;

/** A world of users: who comes next, and how well they are served. Safe for use by several threads. */
public interface World {

    /** The name it is asked for by. */
    String name();

    /** The next user; depends on {@code random} and, where the world drifts, on how many came before. */
    Encounter next(RandomGenerator random);

    /**
     * How badly the policy does on what it was never rewarded for: 0 is perfect.
     *
     * @param atMost bound on the held-out situations to try, ≥ 1; a world may have fewer
     */
    double error(Preview preview, int atMost);

    /** Held-out situations with the policy's present answers, always the same ones. */
    List<Example> examples(Preview preview, int atMost);
}
