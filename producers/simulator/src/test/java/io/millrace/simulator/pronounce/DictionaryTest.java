package io.millrace.simulator.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {

    @Test
    void keepsTheFirstPronunciationWithoutStressOfPlainWordsOnly() throws IOException {
        List<Word> words = read("""
                word W ER1 D
                word(2) W AO0 R D
                a AH0
                it's IH1 T S
                u.s Y UW1 EH1 S
                go G OW1
                silent
                """);

        assertThat(words).extracting(Word::text).containsExactly("word", "go");
        assertThat(words.get(0).phonemes()).containsExactly("W", "ER", "D");
        assertThat(words.get(0).situation().tokens()).containsExactly("w", "o", "r", "d");
        assertThat(words.get(0).situation().segment()).contains("4");
    }

    @Test
    void takesWordsOfThirtyLettersAndNotOfMore() throws IOException {
        assertThat(read("b".repeat(30) + " B\n" + "b".repeat(31) + " B\n"))
                .extracting(Word::text)
                .containsExactly("b".repeat(30));
    }

    @Test
    void holdsTheWholeCmuDictionary() {
        List<Word> words = Dictionary.load();

        assertThat(words).hasSize(117_363);
        assertThat(words).extracting(Word::text).doesNotHaveDuplicates();
    }

    private static List<Word> read(String text) throws IOException {
        return Dictionary.read(new BufferedReader(new StringReader(text)));
    }
}
