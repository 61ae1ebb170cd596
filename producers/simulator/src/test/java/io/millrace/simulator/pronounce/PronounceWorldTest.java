package io.millrace.simulator.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PronounceWorldTest {

    private static final int WORDS = 117_363;

    private final PronounceWorld world = PronounceWorld.load(7);

    @Test
    void hasThirtyNinePhonemesAndTwentySixLetters() {
        assertThat(world.phonemes()).hasSize(39).startsWith("AA", "AE").endsWith("Z", "ZH");
        assertThat(PronounceWorld.letters()).hasSize(26).startsWith("a").endsWith("z");
    }

    @Test
    void neverAsksForAHeldOutWord() {
        Set<Word> heldOut = new HashSet<>(world.heldOut(Integer.MAX_VALUE));

        assertThat(heldOut).hasSize(PronounceWorld.HELD_OUT);
        assertThat(world.training()).hasSize(WORDS - PronounceWorld.HELD_OUT).noneMatch(heldOut::contains);
    }

    @Test
    void holdsOutTheSameWordsForTheSameSeedAndOthersForAnother() {
        List<String> words = texts(world);

        assertThat(texts(PronounceWorld.load(7))).isEqualTo(words);
        assertThat(texts(PronounceWorld.load(8))).isNotEqualTo(words);
    }

    @Test
    void drawsTheSameWordsForTheSameSeed() {
        SplittableRandom first = new SplittableRandom(3);
        SplittableRandom second = new SplittableRandom(3);

        for (int i = 0; i < 100; i++) {
            assertThat(world.next(first)).isSameAs(world.next(second));
        }
    }

    @Test
    void measuresEditsPerReferencePhoneme() {
        Map<Situation, List<String>> truth = new HashMap<>();
        world.heldOut(Integer.MAX_VALUE).forEach(word -> truth.put(word.situation(), word.phonemes()));
        Preview perfect = situation -> truth.getOrDefault(situation, List.of());
        Preview oneTooMany = situation -> {
            List<String> said = new ArrayList<>(truth.getOrDefault(situation, List.of()));
            said.add("ZH");
            return said;
        };
        double length = world.heldOut(100).stream()
                .mapToInt(word -> word.phonemes().size())
                .sum();

        assertThat(world.error(perfect, Integer.MAX_VALUE)).isZero();
        assertThat(world.error(situation -> List.of(), 200)).isEqualTo(1.0);
        assertThat(world.error(oneTooMany, 100)).isCloseTo(100 / length, within(1e-12));
    }

    @Test
    void showsHeldOutWordsWithWhatIsSaidNow() {
        Word word = world.heldOut(1).get(0);

        assertThat(world.examples(situation -> List.of("B", "AA"), 1))
                .containsExactly(new Example(word.text(), "B AA", String.join(" ", word.phonemes())));
    }

    private static List<String> texts(PronounceWorld world) {
        return world.heldOut(Integer.MAX_VALUE).stream().map(Word::text).toList();
    }
}
