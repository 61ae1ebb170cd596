package io.millrace.simulator.pronounce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CMU Pronouncing Dictionary, as the speech recognizer Sphinx ships it: lines such as {@code word W ER1 D}, with
 * {@code word(2) …} for a further pronunciation.
 *
 * <p>Only words of 2 to 30 letters a–z are kept, without stress digits (39 phonemes are left), and of each word only the
 * first pronunciation. A listener who took any of them would make the measured error smaller, never larger; with one the
 * figure is the stricter one.
 */
final class Dictionary {

    private static final String RESOURCE = "/edu/cmu/sphinx/models/en-us/cmudict-en-us.dict";

    private static final int MIN_LETTERS = 2;
    private static final int MAX_LETTERS = 30;

    /** One string for each phoneme, however often it occurs. */
    private final Map<String, String> phonemes = new HashMap<>();

    private final List<Word> words = new ArrayList<>();

    private Dictionary() {}

    /** Reads the dictionary from the class path: about 117,000 words in the order of the file. */
    static List<Word> load() {
        try (InputStream resource = Dictionary.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("CMU dictionary: expected the resource " + RESOURCE
                        + ", found none; put net.sf.phat:sphinx4-data on the class path");
            }
            return read(new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("CMU dictionary: could not read " + RESOURCE, e);
        }
    }

    /** Reads lines of the dictionary's format. */
    static List<Word> read(BufferedReader lines) throws IOException {
        Dictionary dictionary = new Dictionary();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            dictionary.add(line);
        }
        return List.copyOf(dictionary.words);
    }

    private void add(String line) {
        int gap = line.indexOf(' ');
        if (gap < MIN_LETTERS || gap > MAX_LETTERS || !isPlain(line, gap)) {
            return;
        }
        List<String> pronunciation = new ArrayList<>();
        for (int from = gap; from < line.length(); ) {
            int to = line.indexOf(' ', from + 1);
            int end = to < 0 ? line.length() : to;
            String phoneme = withoutStress(line.substring(from + 1, end));
            if (!phoneme.isEmpty()) {
                pronunciation.add(phonemes.computeIfAbsent(phoneme, p -> p));
            }
            from = end;
        }
        if (!pronunciation.isEmpty() && pronunciation.size() <= EditDistance.MAX_REFERENCE) {
            words.add(new Word(Letters.of(line, gap), pronunciation));
        }
    }

    /** Whether the first {@code end} characters are all of a–z; a further pronunciation's {@code (2)} is not. */
    private static boolean isPlain(String line, int end) {
        for (int i = 0; i < end; i++) {
            if (line.charAt(i) < 'a' || line.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    private static String withoutStress(String phoneme) {
        int last = phoneme.length() - 1;
        return last > 0 && Character.isDigit(phoneme.charAt(last)) ? phoneme.substring(0, last) : phoneme;
    }
}
