package io.millrace.bench.curves.choice;

import io.millrace.simulator.pronounce.Lexicon;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which letter of a word says which phonemes: none, one or two each, by hard expectation maximisation (the epsilon
 * scattering of Black, Lenzo and Pagel 1998).
 *
 * <p>A <em>sound</em> is what a letter says: 0 for nothing, 1 + p for phoneme p, 1 + P + P p + q for p and q.
 */
final class Alignment {

    private static final int LETTERS = 26;
    private static final int ROUNDS = 6;
    private static final double IMPOSSIBLE = -1e9;

    private final Map<String, Integer> phonemes = new HashMap<>();
    private final int count;
    private final double[][] logProbs;

    private Alignment(List<Lexicon.Entry> words) {
        for (Lexicon.Entry word : words) {
            word.phonemes().forEach(phoneme -> phonemes.putIfAbsent(phoneme, phonemes.size()));
        }
        this.count = phonemes.size();
        this.logProbs = new double[LETTERS][1 + count + count * count];
        for (double[] ofLetter : logProbs) {
            Arrays.fill(ofLetter, Math.log(1e-3));
            Arrays.fill(ofLetter, 1, 1 + count, Math.log(1e-2));
        }
    }

    /** Learned from all words. */
    static Alignment of(List<Lexicon.Entry> words) {
        Alignment alignment = new Alignment(words);
        for (int round = 0; round < ROUNDS; round++) {
            alignment.improve(words);
        }
        return alignment;
    }

    private void improve(List<Lexicon.Entry> words) {
        double[][] counts = new double[LETTERS][1 + count + count * count];
        for (double[] ofLetter : counts) {
            Arrays.fill(ofLetter, 1e-3);
        }
        for (Lexicon.Entry word : words) {
            int[] sounds = sounds(word);
            for (int i = 0; i < sounds.length; i++) {
                counts[letter(word, i)][sounds[i]]++;
            }
        }
        for (int letter = 0; letter < LETTERS; letter++) {
            double total = Math.log(Arrays.stream(counts[letter]).sum());
            for (int sound = 0; sound < counts[letter].length; sound++) {
                logProbs[letter][sound] = Math.log(counts[letter][sound]) - total;
            }
        }
    }

    /** P(sound | letter). */
    double probability(int letter, int sound) {
        return Math.exp(logProbs[letter][sound]);
    }

    /** Number of sounds. */
    int size() {
        return 1 + count + count * count;
    }

    static int letter(Lexicon.Entry word, int index) {
        return word.letters().get(index).charAt(0) - 'a';
    }

    /** The likeliest sound of each letter that together are the word's phonemes; empty: there are too many phonemes. */
    int[] sounds(Lexicon.Entry word) {
        int letters = word.letters().size();
        int[] spoken = word.phonemes().stream().mapToInt(phonemes::get).toArray();
        double[][] best = new double[letters + 1][spoken.length + 1];
        int[][] said = new int[letters + 1][spoken.length + 1];
        for (double[] row : best) {
            Arrays.fill(row, IMPOSSIBLE);
        }
        best[0][0] = 0;
        for (int i = 1; i <= letters; i++) {
            for (int j = 0; j <= spoken.length; j++) {
                for (int n = 0; n <= Math.min(2, j); n++) {
                    double score = best[i - 1][j - n] + logProbs[letter(word, i - 1)][sound(spoken, j - n, n)];
                    if (score > best[i][j]) {
                        best[i][j] = score;
                        said[i][j] = n;
                    }
                }
            }
        }
        return best[letters][spoken.length] <= IMPOSSIBLE / 2 ? new int[0] : traced(spoken, said);
    }

    private int[] traced(int[] spoken, int[][] said) {
        int[] sounds = new int[said.length - 1];
        for (int i = sounds.length, j = spoken.length; i > 0; i--) {
            int n = said[i][j];
            j -= n;
            sounds[i - 1] = sound(spoken, j, n);
        }
        return sounds;
    }

    private int sound(int[] spoken, int from, int length) {
        return switch (length) {
            case 0 -> 0;
            case 1 -> 1 + spoken[from];
            default -> 1 + count + count * spoken[from] + spoken[from + 1];
        };
    }
}
