package io.millrace.bench.curves.staleness;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Words of a made-up language and their secret spelling: each letter has two signs, and the letter after it decides which one
 * is right. The reward of a spelling is the share of its signs that are right, one number for the whole word.
 */
final class Cipher {

    static final int LETTERS = 16;
    static final int WORD_LENGTH = 6;
    /** One letter in so many asks for the other sign before it. */
    private static final int RARITY = 3;

    private static final int END = LETTERS;

    private final int[][] right = new int[LETTERS][LETTERS + 1];

    Cipher(RandomGenerator random) {
        for (int[] ofLetter : right) {
            int usual = random.nextInt(LETTERS);
            int other = random.nextInt(LETTERS);
            for (int next = 0; next <= END; next++) {
                ofLetter[next] = random.nextInt(RARITY) == 0 ? other : usual;
            }
        }
    }

    /** A word, as indices of letters. */
    static int[] word(RandomGenerator random) {
        return random.ints(WORD_LENGTH, 0, LETTERS).toArray();
    }

    /** As a policy is given it. */
    static List<String> tokens(int[] word) {
        List<String> tokens = new ArrayList<>();
        for (int letter : word) {
            tokens.add(letter(letter));
        }
        return tokens;
    }

    /** How a policy's file calls a letter. */
    static String letter(int index) {
        return "letter" + index;
    }

    /** How a policy's file calls a sign. */
    static String sign(int index) {
        return "sign" + index;
    }

    /** The right signs of a word. */
    int[] spelling(int[] word) {
        int[] signs = new int[word.length];
        for (int i = 0; i < word.length; i++) {
            signs[i] = right[word[i]][i + 1 < word.length ? word[i + 1] : END];
        }
        return signs;
    }

    /** Share of the signs that are right; as many as the word has letters. */
    double reward(int[] word, int[] signs) {
        int[] spelling = spelling(word);
        int hits = 0;
        for (int i = 0; i < spelling.length; i++) {
            hits += signs[i] == spelling[i] ? 1 : 0;
        }
        return (double) hits / spelling.length;
    }

    /** The same of signs as a policy gives them. */
    double reward(int[] word, List<String> signs) {
        int[] spelling = spelling(word);
        int hits = 0;
        for (int i = 0; i < spelling.length; i++) {
            hits += signs.get(i).equals(sign(spelling[i])) ? 1 : 0;
        }
        return (double) hits / spelling.length;
    }
}
