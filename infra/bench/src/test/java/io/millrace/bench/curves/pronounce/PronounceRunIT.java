package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.system.BundledPolicies;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PronounceRunIT {

    @Test
    void learnsThroughTheWholePipelineAndLooksOnTheWay() throws InterruptedException {
        List<String> progress = new ArrayList<>();

        LearningCurve curve = new PronounceRun(
                        BundledPolicies.forWorld(PronounceWorld.NAME, 7), PronounceWorld.load(7), progress::add)
                .learn(20_000, 2);

        assertThat(curve.points()).hasSize(3);
        assertThat(curve.points().get(0).error()).isGreaterThan(0.9);
        assertThat(curve.points().get(1).trajectories()).isGreaterThanOrEqualTo(10_000);
        assertThat(curve.last().trajectories()).isGreaterThanOrEqualTo(20_000);
        assertThat(curve.last().error()).isLessThan(curve.points().get(0).error() - 0.1);
        assertThat(progress).hasSize(2);
    }
}
