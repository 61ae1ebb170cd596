package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.Batch;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class PassesTest {

    private final Passes passes = new Passes();
    private final Batch first = new Batch();
    private final Batch second = new Batch();

    @Test
    void comeOneAStepInTheOrderOfTheBatches() {
        passes.add(first, 2);
        passes.add(second, 1);

        assertThat(step()).satisfiesExactly(is(first), is(second));
        assertThat(step()).satisfiesExactly(is(first));
        assertThat(passes.isEmpty()).isTrue();
        assertThat(step()).isEmpty();
    }

    @Test
    void ofABatchThatComesInBetweenBeginWithTheNextStep() {
        passes.add(first, 2);
        List<Batch> passed = new ArrayList<>();
        passes.each(batch -> {
            passed.add(batch);
            passes.add(second, 1);
        });

        assertThat(passed).satisfiesExactly(is(first));
        assertThat(step()).satisfiesExactlyInAnyOrder(is(first), is(second));
    }

    @Test
    void areNoneWhereNoneAreAskedFor() {
        passes.add(first, 0);

        assertThat(passes.isEmpty()).isTrue();
    }

    @Test
    void canBeGivenUp() {
        passes.add(first, 3);
        passes.clear();

        assertThat(step()).isEmpty();
    }

    private static ThrowingConsumer<Batch> is(Batch expected) {
        return batch -> assertThat(batch).isSameAs(expected);
    }

    private List<Batch> step() {
        List<Batch> passed = new ArrayList<>();
        passes.each(passed::add);
        return passed;
    }
}
