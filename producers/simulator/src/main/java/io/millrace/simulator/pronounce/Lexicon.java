package io.millrace.simulator.pronounce;

import java.util.List;

/** The words that listeners know, for those who build other problems from them. */
public final class Lexicon {

    private Lexicon() {}

    /**
     * A word and how it is pronounced.
     *
     * @param letters of a–z
     * @param phonemes without stress
     */
    public record Entry(List<String> letters, List<String> phonemes) {
        public Entry {
            letters = List.copyOf(letters);
            phonemes = List.copyOf(phonemes);
        }
    }

    /** All words of the CMU Pronouncing Dictionary that are of 2 to 30 letters, in the order of its file. */
    public static List<Entry> load() {
        return Dictionary.load().stream()
                .map(word -> new Entry(word.situation().tokens(), word.phonemes()))
                .toList();
    }
}
