package io.millrace.simulator.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BanditWorldTest {

    private static final int ROUNDS = 2_000;

    private final BanditWorld world = new BanditWorld(7, 1_000_000);

    @Test
    void offersTenArmsThatKeepTheirFeatures() {
        SplittableRandom random = new SplittableRandom(1);
        Situation.Choice first = choice(world.next(random));
        Situation.Choice second = choice(world.next(random));

        assertThat(first.candidates())
                .extracting(Situation.Candidate::id)
                .startsWith("arm-0")
                .endsWith("arm-9")
                .hasSize(10);
        assertThat(first.candidates().get(3).features())
                .containsEntry("arm-3", 1f)
                .containsKey("attribute-0");
        assertThat(second.candidates()).isEqualTo(first.candidates());
        assertThat(second.features()).isNotEqualTo(first.features()).hasSize(BanditWorld.CONTEXT);
    }

    @Test
    void choosingByTheTruthHasNoRegretAndChoosingOneArmHasMore() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS; i++) {
            Round round = (Round) world.next(random);
            round.score(List.of(round.bestArm()));
        }
        assertThat(world.regret().cumulative()).isZero();

        SplittableRandom same = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS; i++) {
            world.next(same).score(List.of("arm-0"));
        }
        assertThat(world.regret().rounds()).isEqualTo(2L * ROUNDS);
        assertThat(world.regret().cumulative()).isGreaterThan(100);
    }

    @Test
    void regretOfChoosingAtRandomComesNearTheUniformRegret() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10 * ROUNDS; i++) {
            world.next(random).score(List.of("arm-" + random.nextInt(BanditWorld.ARMS)));
        }
        Regret regret = world.regret();

        assertThat(regret.recentMean()).isCloseTo(regret.recentUniformMean(), within(0.01));
        assertThat(regret.recentRounds()).isEqualTo(10_000);
    }

    @Test
    void countsRegretExactlyAsEnumerationOfAllArmsDoes() {
        double[] expected = {0.2, 0.7, 0.5};
        RegretMeter meter = new RegretMeter(2);
        List<Double> regrets = new ArrayList<>();
        for (int arm = 0; arm < expected.length; arm++) {
            Round round = round(expected, 0.6, meter);
            regrets.add(round.regret(List.of("arm-" + arm)));
            assertThat(round.score(List.of("arm-" + arm))).isEqualTo(expected[arm] > 0.6 ? 1 : 0);
        }

        assertThat(regrets.get(0)).isCloseTo(0.5, within(1e-12));
        assertThat(regrets.get(1)).isZero();
        assertThat(regrets.get(2)).isCloseTo(0.2, within(1e-12));
        assertThat(meter.read().cumulative()).isCloseTo(0.7, within(1e-12));
        assertThat(meter.read().recentMean()).isCloseTo(0.1, within(1e-12));
        assertThat(meter.read().recentUniformMean()).isCloseTo(0.7 - 1.4 / 3, within(1e-12));
    }

    @Test
    void nonsenseIsWorthNothing() {
        Round round = round(new double[] {0.9}, 0.1, new RegretMeter(2));

        assertThat(round.score(List.of())).isZero();
        assertThat(round.score(List.of("arm-77"))).isZero();
    }

    @Test
    void rewardsComeAsOftenAsTheTruthSays() {
        SplittableRandom random = new SplittableRandom(5);
        double liked = 0;
        double chance = 0;
        for (int i = 0; i < 20_000; i++) {
            Round round = (Round) world.next(random);
            chance += 1 - round.regret(List.of("arm-4")) - (1 - best(round));
            liked += round.score(List.of("arm-4"));
        }

        assertThat(liked / 20_000).isCloseTo(chance / 20_000, within(0.015));
    }

    @Test
    void theBestArmsChangeAsTheTruthTurns() {
        BanditWorld quick = new BanditWorld(7, 400);
        List<String> before = bestArms(quick);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            quick.next(random);
        }
        List<String> halfATurnLater = bestArms(quick);
        for (int i = 0; i < 200; i++) {
            quick.next(random);
        }

        assertThat(halfATurnLater).isNotEqualTo(before);
        assertThat(bestArms(quick)).isEqualTo(before);
    }

    @Test
    void errorIsZeroForTheOptimumAndOneForARandomChoice() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> best = bestArms(world);
        int[] next = {0};
        Preview optimum = situation -> List.of(best.get(next[0]++));
        Preview dice = situation -> List.of("arm-" + random.nextInt(BanditWorld.ARMS));

        assertThat(world.error(optimum, best.size())).isZero();
        assertThat(world.error(dice, 10_000)).isCloseTo(1.0, within(0.05));
    }

    @Test
    void refusesAPeriodWithoutRounds() {
        assertThatThrownBy(() -> new BanditWorld(1, 0))
                .hasMessageContaining("period: expected at least 1 round, found 0");
    }

    private static double best(Round round) {
        return round.regret(List.of());
    }

    private static List<String> bestArms(BanditWorld world) {
        return world.examples(situation -> List.of(), 50).stream()
                .map(example -> example.best())
                .toList();
    }

    private static Round round(double[] expected, double luck, RegretMeter meter) {
        List<Situation.Candidate> arms = new ArrayList<>();
        for (int arm = 0; arm < expected.length; arm++) {
            arms.add(new Situation.Candidate("arm-" + arm, Map.of("x", 1f)));
        }
        return new Round(new Situation.Choice(Map.of(), arms, Optional.empty()), expected, luck, meter);
    }

    private static Situation.Choice choice(Encounter encounter) {
        return (Situation.Choice) encounter.situation();
    }
}
