package io.millrace.simulator.pronounce;

import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import io.millrace.simulator.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Listeners who hear a pronunciation of a spelling and score how near it is to the one they know.
 *
 * <p>Words are drawn uniformly with replacement. {@value #HELD_OUT} of them are never asked for; on these the error is
 * measured: the phoneme error rate of the likeliest output, Σ edit distance / Σ reference length.
 */
public final class PronounceWorld implements World {

    /** What {@code --world} calls it. */
    public static final String NAME = "pronounce";

    static final int HELD_OUT = 5_000;

    private final List<Word> heldOut;
    private final List<Word> training;

    private PronounceWorld(List<Word> shuffled) {
        this.heldOut = shuffled.subList(0, HELD_OUT);
        this.training = shuffled.subList(HELD_OUT, shuffled.size());
    }

    /** The world of the CMU dictionary; {@code seed} says which words are held out. */
    public static PronounceWorld load(long seed) {
        List<Word> words = new ArrayList<>(Dictionary.load());
        Collections.shuffle(words, new Random(seed));
        return new PronounceWorld(List.copyOf(words));
    }

    /** The tokens that spellings are made of, in the alphabet's order. */
    public static List<String> letters() {
        return Letters.ALL;
    }

    /** The tokens that pronunciations are made of, sorted. */
    public List<String> phonemes() {
        return Stream.concat(training.stream(), heldOut.stream())
                .flatMap(word -> word.phonemes().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Encounter next(RandomGenerator random) {
        return training.get(random.nextInt(training.size()));
    }

    @Override
    public double error(Preview preview, int atMost) {
        long edits = 0;
        long length = 0;
        for (Word word : heldOut(atMost)) {
            edits += word.distance(preview.likeliest(word.situation()));
            length += word.phonemes().size();
        }
        return (double) edits / length;
    }

    @Override
    public List<Example> examples(Preview preview, int atMost) {
        return heldOut(atMost).stream()
                .map(word -> new Example(
                        word.text(),
                        String.join(" ", preview.likeliest(word.situation())),
                        String.join(" ", word.phonemes())))
                .toList();
    }

    /** The first {@code atMost} words that listeners may ask for, each with the pronunciation that they know. */
    public List<Pronounced> demonstrations(int atMost) {
        return training.subList(0, Math.min(atMost, training.size())).stream()
                .map(word -> new Pronounced(word.situation(), word.phonemes()))
                .toList();
    }

    /** A spelling and its right pronunciation: what a user would say who corrects an output. */
    public record Pronounced(Situation.Sequence spelling, List<String> phonemes) {}

    List<Word> heldOut(int atMost) {
        return heldOut.subList(0, Math.min(atMost, heldOut.size()));
    }

    List<Word> training() {
        return training;
    }
}
