package io.millrace.bench.curves.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.report.Measure;
import io.millrace.simulator.pronounce.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChoiceAgainstVwTest {

    @Test
    void everyonePlaysTheSameRoundsInTheSameOrder() throws InterruptedException {
        for (Problem problem : List.of(new Tastes(), new Conjunctions())) {
            Problem.Game one = problem.begin(3);
            Problem.Game other = problem.begin(3);
            Problem.Game another = problem.begin(4);
            boolean differs = false;
            for (int i = 0; i < 50; i++) {
                Round round = one.next();
                Round same = other.next();
                assertThat(same.prompt()).isEqualTo(round.prompt());
                assertThat(same.rewards()).isEqualTo(round.rewards());
                differs |= !another.next().prompt().equals(round.prompt());
            }
            assertThat(differs).isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "vw-jni has its natives for that alone")
    void everyoneLearnsMoreThanChance() throws InterruptedException {
        for (List<Contestant> contestants : List.of(Contestant.MILLRACE, Contestant.VOWPAL_WABBIT)) {
            for (Contestant contestant : contestants) {
                double[] rewards = contestant.play(new Conjunctions(), 4000, 1, 1, 1)[0];
                // Chance is a tenth.
                assertThat(rewards[0]).as(contestant.title()).isBetween(0.15, 0.95);
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "vw-jni has its natives for that alone")
    void measuresItselfAgainstTheBestOfThePeers() throws InterruptedException {
        List<String> lines = new ArrayList<>();

        Findings found = ChoiceAgainstVw.compare(new Conjunctions(), 500, lines::add);
        List<Measure> measures = found.measures();

        assertThat(lines).hasSize(Contestant.MILLRACE.size() + Contestant.VOWPAL_WABBIT.size());
        assertThat(measures)
                .extracting(Measure::name)
                .containsExactly(
                        "conjunctionsRounds",
                        "conjunctionsRewardRegression",
                        "conjunctionsDoublyRobust",
                        "conjunctionsReinforce",
                        "conjunctionsDoublyRobustRounds");
        Measure held = measures.get(1);
        assertThat(held.reference()).isNotNull();
        assertThat(held.referenceSource()).startsWith("VowpalWabbit 9.3.0 --cb_type");
        assertThat(held.required()).startsWith("≥ 0.");
        assertThat(measures.subList(2, 4))
                .allSatisfy(measure ->
                        assertThat(measure.required()).startsWith("≥ 0.").isNotEqualTo(held.required()));
        assertThat(measures.get(4).required()).isEqualTo("≤ 0.85");
        assertThat(found.pictures()).singleElement().satisfies(picture -> {
            assertThat(picture.name()).isEqualTo("choice-conjunctions");
            assertThat(picture.series()).hasSize(Contestant.MILLRACE.size() + 1);
        });
    }

    @Test
    void saysAfterWhichShareOfTheRoundsTheMeanOfTheSeedsHasCome() {
        var played = new Played(Contestant.REINFORCE, new double[][] {{0.2, 0.4, 0.6, 0.8}, {0.4, 0.6, 0.8, 1}});

        assertThat(played.shareOfRoundsTo(0.1)).isEqualTo(0.25);
        assertThat(played.shareOfRoundsTo(0.6)).isEqualTo(0.75);
        assertThat(played.shareOfRoundsTo(2)).as("never").isEqualTo(1.25);
    }

    @Test
    void whatWasEarnedByChanceAndLostAgainDoesNotCount() {
        assertThat(new Played(Contestant.REINFORCE, new double[][] {{0.9, 0.2, 0.4, 0.6}}).shareOfRoundsTo(0.5))
                .isEqualTo(1);
        assertThat(new Played(Contestant.REINFORCE, new double[][] {{0.9, 0.8, 0.7, 0.4}}).shareOfRoundsTo(0.5))
                .isEqualTo(1.25);
    }

    @Test
    void progressiveRewardCountsEveryRound() throws InterruptedException {
        var player = new FirstOfAll();

        double[] rewards = Player.progressiveRewards(player, new Tastes().begin(1), 100, 4);
        double[] quarter = Player.progressiveRewards(new FirstOfAll(), new Tastes().begin(1), 25, 1);

        assertThat(rewards[0]).isEqualTo(quarter[0]);
        assertThat(rewards[3]).isEqualTo(player.sum / 100, within(1e-9)).isPositive();
    }

    /** Chooses the first candidate and learns nothing. */
    private static final class FirstOfAll implements Player {

        private double sum;

        @Override
        public int choose(Round round) {
            return 0;
        }

        @Override
        public void learn(double reward) {
            sum += reward;
        }
    }

    @Test
    void givesEveryPhonemeOfAWordToALetter() throws InterruptedException {
        List<Lexicon.Entry> words = List.of(
                entry("cab", "K", "AE", "B"),
                entry("back", "B", "AE", "K"),
                entry("tab", "T", "AE", "B"),
                entry("bat", "B", "AE", "T"),
                entry("cat", "K", "AE", "T"),
                entry("tax", "T", "AE", "K", "S"),
                entry("axe", "AE", "K", "S"));
        Alignment alignment = Alignment.of(words);

        for (Lexicon.Entry word : words) {
            int[] sounds = alignment.sounds(word);
            assertThat(sounds).hasSize(word.letters().size());
            int phonemes = 0;
            for (int sound : sounds) {
                // 0 is silence, 1 to 5 one of the five phonemes, and what is above two of them.
                phonemes += sound == 0 ? 0 : sound <= 5 ? 1 : 2;
            }
            assertThat(phonemes).isEqualTo(word.phonemes().size());
        }
        assertThat(alignment.size()).isEqualTo(31);
        assertThat(alignment.sounds(entry("a", "K", "AE", "B"))).isEmpty();
    }

    private static Lexicon.Entry entry(String word, String... phonemes) {
        return new Lexicon.Entry(Arrays.asList(word.split("")), List.of(phonemes));
    }
}
