package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.world.Situation;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PraisedTest {

    private final Praised praised = new Praised();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void drawsNothingWhereNothingWasPraised() {
        praised.heard(word("a"), List.of("EY"), 0.99);

        assertThat(praised.draw(3, random)).isEmpty();
    }

    @Test
    void drawsWhatGotTheFullScoreEveryWordAlikeHoweverOften() {
        praised.heard(word("a"), List.of("EY"), 1);
        for (int i = 0; i < 50; i++) {
            praised.heard(word("b"), List.of("B", "IY"), 1);
        }

        List<Pronounced> drawn = praised.draw(1_000, random);

        assertThat(drawn).hasSize(1_000).containsOnly(pronounced("a", "EY"), pronounced("b", "B", "IY"));
        assertThat(drawn.stream().filter(pronounced("a", "EY")::equals).count()).isBetween(420L, 580L);
    }

    private static Pronounced pronounced(String letter, String... phonemes) {
        return new Pronounced(word(letter), List.of(phonemes));
    }

    private static Situation.Sequence word(String letter) {
        return new Situation.Sequence(List.of(letter), Optional.of("1"));
    }
}
