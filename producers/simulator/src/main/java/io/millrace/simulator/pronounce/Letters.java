package io.millrace.simulator.pronounce;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The letters a–z as tokens: one string for each, shared by all words. */
final class Letters {

    static final List<String> ALL =
            IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();

    private Letters() {}

    /** The first {@code end} characters of {@code text}, each of a–z. */
    static List<String> of(String text, int end) {
        String[] letters = new String[end];
        for (int i = 0; i < end; i++) {
            letters[i] = ALL.get(text.charAt(i) - 'a');
        }
        return Arrays.asList(letters);
    }
}
