package io.millrace.policy.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TruncationTest {

    private static final float[] MASSES = {1, 4, 2, 2, 1};

    @Test
    void keepsEverythingWithoutRestriction() {
        float[] kept = MASSES.clone();

        assertThat(new Truncation(5).restrict(kept, 0, 5, 10, 0, 1)).isEqualTo(10);

        assertThat(kept).containsExactly(MASSES);
    }

    @Test
    void keepsTheLikeliestAndOfEqualsTheLowest() {
        assertKept(2, 1, 0, 4, 2, 0, 0);
        assertKept(3, 1, 0, 4, 2, 2, 0);
        assertKept(4, 1, 1, 4, 2, 2, 0);
        assertKept(9, 1, 1, 4, 2, 2, 1);
    }

    @Test
    void keepsTheFewestThatHaveTheShare() {
        assertKept(0, 0.01, 0, 4, 0, 0, 0);
        assertKept(0, 0.4, 0, 4, 0, 0, 0);
        assertKept(0, 0.41, 0, 4, 2, 0, 0);
        assertKept(0, 0.8, 0, 4, 2, 2, 0);
        assertKept(0, 0.95, 1, 4, 2, 2, 1);
    }

    @Test
    void takesTheShareOfWhatTheLikeliestLeave() {
        // Of 4, 2, 2 the share 0.7 is 5.6; of all five it would be 7.
        assertKept(3, 0.7, 0, 4, 2, 0, 0);
    }

    @Test
    void touchesOnlyItsOwnOutcomes() {
        float[] masses = {9, 1, 2, 9};

        assertThat(new Truncation(4).restrict(masses, 1, 2, 3, 1, 1)).isEqualTo(2);

        assertThat(masses).containsExactly(9, 0, 2, 9);
    }

    private static void assertKept(int topK, double topP, float... expected) {
        float[] kept = MASSES.clone();
        float sum = 0;
        for (float mass : expected) {
            sum += mass;
        }

        assertThat(new Truncation(8).restrict(kept, 0, 5, 10, topK, topP)).isEqualTo(sum, within(1e-6f));

        assertThat(kept).containsExactly(expected);
    }
}
