package io.millrace.simulator.world;

import java.util.List;

/** One user in one situation, who knows what a good output is and will never tell; only how good this one was. */
public interface Encounter {

    Situation situation();

    /**
     * How good {@code output} is, in [0, 1]. To be called once: the world may count what its users got.
     *
     * @param output what the service answered; anything is allowed, nonsense is worth 0
     */
    double score(List<String> output);
}
