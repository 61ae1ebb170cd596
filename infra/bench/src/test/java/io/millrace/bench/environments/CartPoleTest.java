package io.millrace.bench.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against transitions that Gymnasium 1.4.0 computed from the same states. */
class CartPoleTest {

    private static final float ROUNDING = 1e-6f;

    private final CartPole cartPole = new CartPole();

    @Test
    void movesAsGymnasiumDoes() {
        cartPole.begin(0.01, -0.02, 0.03, 0.04);

        requireStep(1, 0.0096, 0.17467919574755525, 0.030799999999999998, -0.2430687179600081);
        requireStep(1, 0.013093583914951107, 0.3693479760579556, 0.025938625640799837, -0.5258796280501483);
        requireStep(0, 0.02048054343611022, 0.173870812604826, 0.01542103307979687, -0.22513741609237464);
        requireStep(1, 0.02395795968820654, 0.3687690101747617, 0.010918284757949377, -0.5129163478026587);
        requireStep(0, 0.03133333989170178, 0.17349499275068458, 0.0006599578018962032, -0.21681286835696195);
    }

    private void requireStep(int action, double x, double xVelocity, double angle, double angularVelocity) {
        assertThat(cartPole.step(action)).isEqualTo(1);
        assertThat(cartPole.isTerminal()).isFalse();
        assertThat(cartPole.observation())
                .containsExactly(
                        new float[] {(float) x, (float) xVelocity, (float) angle, (float) angularVelocity},
                        within(ROUNDING));
    }

    @Test
    void endsWhenTheCartLeavesTheTrackAndRewardsTheLastStepToo() {
        cartPole.begin(2.395, 1, 0, 0);

        assertThat(cartPole.step(1)).isEqualTo(1);

        assertThat(cartPole.isTerminal()).isTrue();
        assertThat(cartPole.observation()[0]).isEqualTo(2.415f);
        assertThat(cartPole.observation()[3]).isCloseTo(-0.29268292f, within(ROUNDING));
        assertThatThrownBy(() -> cartPole.step(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsWhenThePoleLeansMoreThanTwelveDegrees() {
        cartPole.begin(0, 0, 0.2094, 0.5);

        cartPole.step(0);

        assertThat(cartPole.isTerminal()).isTrue();
        assertThat(cartPole.observation()[3]).isCloseTo(0.8506928f, within(ROUNDING));
    }

    @Test
    void beginsNearlyUprightAndAsTheSeedSays() {
        cartPole.reset(new SplittableRandom(3));
        float[] first = cartPole.observation();
        cartPole.reset(new SplittableRandom(3));

        assertThat(cartPole.observation()).containsExactly(first);
        for (float value : first) {
            assertThat(value).isBetween(-0.05f, 0.05f);
        }
        cartPole.reset(new SplittableRandom(4));
        assertThat(cartPole.observation()).isNotEqualTo(first);
    }

    @Test
    void refusesAnActionThatDoesNotExist() {
        assertThatThrownBy(() -> cartPole.step(2)).hasMessage("action: expected 0 to 1, found 2");
        assertThatThrownBy(() -> cartPole.step(-1)).hasMessageContaining("found -1");
    }
}
