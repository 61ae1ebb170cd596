package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.learner.Definitions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedSpellerIT {

    private final PronounceWorld world = PronounceWorld.load(1);
    private final PolicyDefinition definition = SpellingPolicy.served(SpellingPolicy.definition(world, 1));
    private final List<Pronounced> demonstrations = world.demonstrations(6_400);

    @Test
    void learnsThroughThePipelineWhatItLearnsInMemory() throws InterruptedException {
        var inMemory = new Speller(definition, world);
        inMemory.demonstrate(demonstrations);
        try (var served = new ServedSpeller(definition, world)) {
            served.demonstrate(demonstrations);

            assertThat(served.phonemeError()).isLessThan(0.75).isEqualTo(inMemory.phonemeError(), within(0.05));

            served.goOnBy(Definitions.with(definition, "batch.trajectories", 64));
            assertThat(served.definition().batch().trajectories()).isEqualTo(64);
            // Three batches of 48 new outputs, and 16 praised ones where there are any.
            assertThat(served.listen(100, 16)).isEqualTo(144);
            assertThat(served.wordError()).isLessThan(1);
        }
    }
}
