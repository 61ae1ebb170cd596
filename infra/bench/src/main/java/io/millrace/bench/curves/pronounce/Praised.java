package io.millrace.bench.curves.pronounce;

import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Outputs that listeners gave the full score, one of each word: a policy may imitate itself where it did well (Oh et al. 2018,
 * Self-Imitation Learning). Nobody has told it what is right; it said so itself, and was told that it was.
 */
final class Praised {

    private static final double FULL_SCORE = 1;

    private final Set<Situation.Sequence> words = new HashSet<>();
    private final List<Pronounced> outputs = new ArrayList<>();

    /** Takes note of a listener's score. */
    void heard(Situation.Sequence spelling, List<String> phonemes, double score) {
        if (score == FULL_SCORE && words.add(spelling)) {
            outputs.add(new Pronounced(spelling, phonemes));
        }
    }

    /** Drawn uniformly, with replacement; none while there are none. */
    List<Pronounced> draw(int count, RandomGenerator random) {
        if (outputs.isEmpty()) {
            return List.of();
        }
        List<Pronounced> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(outputs.get(random.nextInt(outputs.size())));
        }
        return drawn;
    }
}
