package io.millrace.bench.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against transitions that Gymnasium 1.4.0 computed from the same states. */
class AcrobotTest {

    private static final float ROUNDING = 2e-6f;

    private final Acrobot acrobot = new Acrobot();

    @Test
    void swingsAsGymnasiumDoes() {
        acrobot.begin(0.05, -0.06, 0.07, -0.08);

        requireStep(2, 0.04289423922436049, -0.02995795544782275, -0.13842024017368174, 0.373660383128227);
        requireStep(2, -0.0021813888646325663, 0.0825757301171073, -0.2993200813093384, 0.7245840492716823);
        requireStep(0, -0.04360782993067863, 0.17755239189200428, -0.10426985824002102, 0.20383505844022554);
        requireStep(1, -0.054861357956162704, 0.19413311802584354, -0.005672785556283033, -0.042190478827473954);
        requireStep(0, -0.03265970366911233, 0.12700186528929264, 0.22117386622452984, -0.6143621893832509);
    }

    private void requireStep(int action, double angle1, double angle2, double velocity1, double velocity2) {
        assertThat(acrobot.step(action)).isEqualTo(-1);
        assertThat(acrobot.isTerminal()).isFalse();
        requireState(angle1, angle2, velocity1, velocity2);
    }

    private void requireState(double angle1, double angle2, double velocity1, double velocity2) {
        float[] expected = {
            (float) Math.cos(angle1), (float) Math.sin(angle1),
            (float) Math.cos(angle2), (float) Math.sin(angle2),
            (float) velocity1, (float) velocity2
        };
        assertThat(acrobot.observation()).containsExactly(expected, within(ROUNDING));
    }

    @Test
    void staysOnTheCircle() {
        acrobot.begin(3.1, 3, 3, 5);

        acrobot.step(2);

        requireState(-2.6268208729265656, -2.2533274307579916, 2.239628560057627, 5.451731053419726);
    }

    @Test
    void swingsNoFasterThanItsBounds() {
        acrobot.begin(3.1, 3, 12.5, 28);

        acrobot.step(2);

        requireState(1.1822482744421776, 2.4606452366033285, -4 * Math.PI, 9 * Math.PI);
    }

    @Test
    void endsWithoutAPenaltyWhenTheTipIsHigh() {
        acrobot.begin(2, 0.1, 2, 0.5);

        assertThat(acrobot.step(2)).isZero();

        assertThat(acrobot.isTerminal()).isTrue();
        requireState(2.2839845541521004, 0.31506526783633126, 0.8771840946160565, 1.6434070195861765);
        assertThatThrownBy(() -> acrobot.step(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hangsStillWithoutATorque() {
        acrobot.begin(0, 0, 0, 0);

        acrobot.step(1);

        requireState(0, 0, 0, 0);
    }

    @Test
    void beginsNearlyAtRestAndAsTheSeedSays() {
        acrobot.reset(new SplittableRandom(3));
        float[] first = acrobot.observation();
        acrobot.reset(new SplittableRandom(3));

        assertThat(acrobot.observation()).containsExactly(first);
        assertThat(first[4]).isBetween(-0.1f, 0.1f);
        assertThat(first[0]).isGreaterThan((float) Math.cos(0.1) - 1e-6f);
    }

    @Test
    void refusesAnActionThatDoesNotExist() {
        assertThatThrownBy(() -> acrobot.step(3)).hasMessage("action: expected 0 to 2, found 3");
    }
}
