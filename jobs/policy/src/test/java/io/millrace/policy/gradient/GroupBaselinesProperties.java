package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.InvalidInputException;
import io.millrace.policy.spec.BaselineSpec.Kind;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class GroupBaselinesProperties {

    @Property
    void leaveOneOutSubtractsTheMeanOfTheOthers(
            @ForAll @Size(min = 2, max = 16) List<@DoubleRange(min = -10, max = 10) Double> group) {
        double[] rewards = array(group);
        double[] advantages = GroupBaselines.advantages(Kind.LEAVE_ONE_OUT, rewards);

        for (int i = 0; i < rewards.length; i++) {
            double others = (Arrays.stream(rewards).sum() - rewards[i]) / (rewards.length - 1);
            assertThat(advantages[i]).isEqualTo(rewards[i] - others, within(1e-9));
        }
    }

    @Property
    void centredAdvantagesSumToNothing(
            @ForAll @Size(min = 2, max = 16) List<@DoubleRange(min = -10, max = 10) Double> group) {
        double[] rewards = array(group);
        double[] advantages = GroupBaselines.advantages(Kind.GROUP_CENTERED, rewards);

        assertThat(Arrays.stream(advantages).sum()).isEqualTo(0, within(1e-9));
        assertThat(advantages[0] - advantages[1]).isEqualTo(rewards[0] - rewards[1], within(1e-9));
    }

    @Property
    void normalizedAdvantagesHaveDeviationOne(
            @ForAll @Size(min = 2, max = 16) List<@DoubleRange(min = -10, max = 10) Double> group) {
        double[] rewards = array(group);
        Assume.that(Arrays.stream(rewards).max().orElseThrow()
                        - Arrays.stream(rewards).min().orElseThrow()
                > 1e-3);

        double[] advantages = GroupBaselines.advantages(Kind.GROUP_NORMALIZED, rewards);

        assertThat(Arrays.stream(advantages).sum()).isEqualTo(0, within(1e-6));
        assertThat(Arrays.stream(advantages).map(a -> a * a).sum() / rewards.length)
                .isEqualTo(1, within(1e-6));
    }

    private static double[] array(List<Double> group) {
        return group.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Example
    void aGroupOfOneMindTeachesNothing() {
        double[] rewards = {0.1, 0.1, 0.1};

        assertThat(GroupBaselines.advantages(Kind.GROUP_NORMALIZED, rewards)).containsOnly(0, 0, 0);
    }

    @Example
    void refusesWhatIsNoGroup() {
        assertThatThrownBy(() -> GroupBaselines.advantages(Kind.LEAVE_ONE_OUT, new double[] {1}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("group: expected at least two rewards, found 1");
        assertThatThrownBy(() -> GroupBaselines.advantages(Kind.GROUP_CENTERED, new double[] {1, Double.NaN}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("reward: expected a finite number, found NaN");
        assertThatThrownBy(() -> GroupBaselines.advantages(Kind.MEAN, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baseline: expected one of a group, found MEAN");
    }
}
