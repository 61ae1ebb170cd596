package io.millrace.simulator.pronounce;

import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.util.List;
import java.util.Optional;

/** A word with its pronunciation, and so every listener who asks for it: they differ in nothing. */
final class Word implements Encounter {

    private final Situation.Sequence spelling;
    private final List<String> phonemes;

    Word(List<String> letters, List<String> phonemes) {
        this.spelling = new Situation.Sequence(letters, Optional.of(Integer.toString(letters.size())));
        this.phonemes = List.copyOf(phonemes);
    }

    /** The letters; the segment is their number, since long words are harder. */
    @Override
    public Situation.Sequence situation() {
        return spelling;
    }

    List<String> phonemes() {
        return phonemes;
    }

    String text() {
        return String.join("", spelling.tokens());
    }

    /** 1 − edit distance / length of the longer. */
    @Override
    public double score(List<String> output) {
        return 1.0 - (double) distance(output) / Math.max(phonemes.size(), output.size());
    }

    int distance(List<String> output) {
        return EditDistance.between(phonemes, output);
    }
}
