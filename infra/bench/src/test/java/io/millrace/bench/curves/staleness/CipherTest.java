package io.millrace.bench.curves.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CipherTest {

    private final Cipher cipher = new Cipher(new SplittableRandom(3));

    @Test
    void rewardsTheShareOfSignsThatAreRight() {
        int[] word = {0, 1, 2, 3, 4, 5};
        int[] signs = cipher.spelling(word);
        assertThat(cipher.reward(word, signs)).isEqualTo(1);

        signs[2] = (signs[2] + 1) % Cipher.LETTERS;
        signs[5] = (signs[5] + 1) % Cipher.LETTERS;
        assertThat(cipher.reward(word, signs)).isEqualTo(4 / 6.0);
        assertThat(cipher.reward(
                        word, Arrays.stream(signs).mapToObj(Cipher::sign).toList()))
                .isEqualTo(4 / 6.0);
    }

    @Test
    void theNextLetterDecidesBetweenTwoSigns() {
        boolean decides = false;
        for (int letter = 0; letter < Cipher.LETTERS; letter++) {
            long signs = signs(letter);
            assertThat(signs).isBetween(1L, 2L);
            decides |= signs == 2;
        }
        assertThat(decides).isTrue();
    }

    private long signs(int letter) {
        return new SplittableRandom(1)
                .ints(200, 0, Cipher.LETTERS)
                .map(next -> cipher.spelling(new int[] {letter, next})[0])
                .distinct()
                .count();
    }
}
