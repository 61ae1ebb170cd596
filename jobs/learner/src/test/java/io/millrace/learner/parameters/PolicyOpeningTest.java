package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyOpeningTest {

    private static final int[] ROWS = {1, 5, 63};

    private final PolicyLearner learner = PolicyLearner.begin(
            SamplePolicy.choice("pick").withText("optimizer.kind", "adam").known(1), 1);

    /** Adam's moments stay through a rollback, so the steps that its bias correction counts must stay with them. */
    @Test
    void rollsParametersBackButNotTheCountOfStepsThatTheMomentsHaveSeen() {
        step("a", "b");
        var good = new PublishedSnapshot(learner.keptSnapshot(0, Instant.EPOCH));
        float[] theta = learner.vectors().theta().clone();
        step("c", "d");
        step("e", "f");
        float[] moment = learner.vectors().moments()[0].clone();

        PolicyOpening.rollBack(learner, good, 9);

        assertThat(learner.lineage())
                .isEqualTo(new Lineage(9, 1, 1, 1, good.chunks().get(0).getChain(), 2, 3));
        assertThat(learner.vectors().theta()).isEqualTo(theta);
        assertThat(learner.vectors().moments()[0]).isEqualTo(moment);
        assertThat(learner.hasUnpublishedSteps()).isFalse();
    }

    private void step(String... ids) {
        learner.accept(SampleGradient.of("pick", 1f, ROWS, ids));
        assertThat(learner.step()).isEmpty();
        learner.publish(Instant.EPOCH, PolicyLearner.Audit.WITHOUT);
    }
}
