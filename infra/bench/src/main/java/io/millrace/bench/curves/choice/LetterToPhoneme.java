package io.millrace.bench.curves.choice;

import io.millrace.policy.Prompt;
import io.millrace.simulator.pronounce.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a letter of a word says, given its neighbours: a letter of the CMU Pronouncing Dictionary drawn at random, with the
 * sounds that this letter has in at least a two-hundredth of its places as candidates. Reward 1 for the right one.
 */
final class LetterToPhoneme implements Problem {

    private static final double RAREST = 0.005;
    private static final int REACH = 3;

    private final List<Lexicon.Entry> words = Lexicon.load();
    private final Alignment alignment = Alignment.of(words);
    /** Of every word; aligned once, since every player meets the same words again. */
    private final List<int[]> saidByWord = words.stream().map(alignment::sounds).toList();

    private final List<List<Integer>> candidates = new ArrayList<>();
    private final List<List<Prompt.Option>> options = new ArrayList<>();

    LetterToPhoneme() {
        for (int letter = 0; letter < 26; letter++) {
            List<Integer> sounds = new ArrayList<>();
            List<Prompt.Option> ofLetter = new ArrayList<>();
            for (int sound = 0; sound < alignment.size(); sound++) {
                if (alignment.probability(letter, sound) >= RAREST) {
                    sounds.add(sound);
                    ofLetter.add(new Prompt.Option("sound" + sound, Map.of()));
                }
            }
            candidates.add(sounds);
            options.add(ofLetter);
        }
    }

    @Override
    public String name() {
        return "letterToPhoneme";
    }

    @Override
    public int rounds() {
        return 100_000;
    }

    @Override
    public Game begin(long seed) {
        var random = new SplittableRandom(seed);
        return () -> {
            while (true) {
                int drawn = random.nextInt(words.size());
                Lexicon.Entry word = words.get(drawn);
                int at = random.nextInt(word.letters().size());
                int letter = Alignment.letter(word, at);
                int[] said = saidByWord.get(drawn);
                int right = said.length == 0 ? -1 : candidates.get(letter).indexOf(said[at]);
                if (right >= 0) {
                    double[] rewards = new double[candidates.get(letter).size()];
                    rewards[right] = 1;
                    return new Round(new Prompt.Choice(features(word.letters(), at), options.get(letter)), rewards);
                }
            }
        };
    }

    /** The letters around, and runs of two and three of them. */
    private static Map<String, Float> features(List<String> letters, int at) {
        Map<String, Float> features = new HashMap<>();
        for (int offset = -REACH; offset <= REACH; offset++) {
            features.put(offset + "=" + text(letters, at + offset, 1), 1f);
        }
        for (int offset = -1; offset <= 0; offset++) {
            features.put(offset + "/2=" + text(letters, at + offset, 2), 1f);
        }
        for (int offset = -2; offset <= 0; offset++) {
            features.put(offset + "/3=" + text(letters, at + offset, 3), 1f);
        }
        return features;
    }

    private static String text(List<String> letters, int from, int length) {
        var text = new StringBuilder();
        for (int i = from; i < from + length; i++) {
            text.append(i >= 0 && i < letters.size() ? letters.get(i) : "_");
        }
        return text.toString();
    }
}
