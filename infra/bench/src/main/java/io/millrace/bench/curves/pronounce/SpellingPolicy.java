package io.millrace.bench.curves.pronounce;

import io.millrace.bench.learner.Definitions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.List;

/** The seq2seq that learns to pronounce: one layer of attention on each side. */
final class SpellingPolicy {

    private SpellingPolicy() {}

    /** Its file, for demonstrations: 64 a step of Adam. */
    static PolicyDefinition definition(PronounceWorld world, long seed) {
        return PolicyDefinition.parse("""
                {"policy": "spell", "kind": "seq2seq", "seed": %d,
                 "model": {"input": %s, "output": %s, "max-input": 40, "max-output": 40,
                           "width": 64, "heads": 4, "hidden": 128},
                 "estimator": {"baseline": "leave-one-out", "group-size": 8},
                 "optimizer": {"kind": "adam", "learning-rate": 0.002},
                 "batch": {"trajectories": 64}}
                """.formatted(seed, quoted(PronounceWorld.letters()), quoted(world.phonemes())));
    }

    /** The same for a pipeline that takes a step for each whole batch, as memory does, and waits for every step. */
    static PolicyDefinition served(PolicyDefinition definition) {
        return Definitions.with(Definitions.with(definition, "batch.max-age", "2s"), "publish.min-interval", "0s");
    }

    private static String quoted(List<String> tokens) {
        return "[\"" + String.join("\", \"", tokens) + "\"]";
    }
}
