package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.learner.Definitions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import org.junit.jupiter.api.Test;

class SpellerTest {

    private final PronounceWorld world = PronounceWorld.load(1);
    private final PolicyDefinition definition = SpellingPolicy.definition(world, 1);
    private final Speller speller = new Speller(definition, world);

    @Test
    void learnsFromDemonstrations() {
        double before = speller.phonemeError();

        speller.demonstrate(world.demonstrations(6_400));

        assertThat(before).isGreaterThan(0.9);
        assertThat(speller.phonemeError()).isLessThan(0.75);
        assertThat(speller.wordError()).isBetween(0.5, 1.0);
    }

    @Test
    void asksForWholeBatches() {
        speller.goOnBy(Definitions.with(definition, "batch.trajectories", 16));

        assertThat(speller.listen(20, 0)).isEqualTo(32);
        // Eight of sixteen are praised ones.
        assertThat(speller.listen(20, 8)).isEqualTo(24);
    }
}
