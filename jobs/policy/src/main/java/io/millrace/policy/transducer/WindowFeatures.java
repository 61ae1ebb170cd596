package io.millrace.policy.transducer;

import java.util.ArrayList;
import java.util.List;

/**
 * The features of every position of an input, as rows of θ (the hashing trick, Weinberger et al. 2009).
 *
 * <p>A window feature is the n-gram of input tokens from l to the left to r to the right of the position, for every
 * l + r ≤ window and every l = r ≤ window. A history feature is one of the shorter n-grams together with the emissions
 * just before the position. Beyond the ends of the input, and before the first emission, stands a token of its own.
 */
final class WindowFeatures {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    /** An n-gram around a position; {@code emissions} before it are part of the feature. */
    record Template(int left, int right, int emissions) {}

    private final int[] lefts;
    private final int[] rights;
    private final long[] seeds;
    private final int[] historyEmissions;
    private final int windowFeatures;
    private final int shift;
    private long[] historyCodes = new long[0];

    WindowFeatures(int window, int history, int hashBits) {
        this(templates(window, history), hashBits);
    }

    /** @param templates those without emissions first */
    WindowFeatures(List<Template> templates, int hashBits) {
        int n = templates.size();
        this.lefts = templates.stream().mapToInt(Template::left).toArray();
        this.rights = templates.stream().mapToInt(Template::right).toArray();
        this.historyEmissions = templates.stream().mapToInt(Template::emissions).toArray();
        this.windowFeatures =
                (int) templates.stream().filter(t -> t.emissions() == 0).count();
        this.shift = Long.SIZE - hashBits;
        this.seeds = new long[n];
        for (int f = 0; f < n; f++) {
            seeds[f] = mix(f + 1L);
        }
    }

    static List<Template> templates(int window, int history) {
        List<Template> templates = new ArrayList<>();
        for (int left = 0; left <= window; left++) {
            for (int right = 0; right <= window; right++) {
                if (left + right <= window || left == right) {
                    templates.add(new Template(left, right, 0));
                }
            }
        }
        for (int emissions = 1; emissions <= history; emissions++) {
            templates.add(new Template(0, 0, emissions));
            templates.add(new Template(0, Math.min(1, window), emissions));
        }
        return templates;
    }

    /** Number of features, and so of rows, of a position. */
    int count() {
        return seeds.length;
    }

    /** Writes the rows of the window features of every position: of position i at {@code at + i · count()}. */
    void windowRows(int[] tokens, int[] rows, int at) {
        int features = count();
        int histories = features - windowFeatures;
        if (historyCodes.length < tokens.length * histories) {
            historyCodes = new long[2 * tokens.length * histories];
        }
        for (int i = 0; i < tokens.length; i++) {
            for (int f = 0; f < windowFeatures; f++) {
                rows[at + i * features + f] = row(code(tokens, i, f));
            }
            for (int f = windowFeatures; f < features; f++) {
                historyCodes[i * histories + f - windowFeatures] = code(tokens, i, f);
            }
        }
    }

    /**
     * Writes the rows of the history features of position i, at {@code at + i · count()}, after {@link #windowRows} of the
     * same input.
     *
     * @param emissions emitted at each position before i
     */
    void historyRows(int i, int[] emissions, int[] rows, int at) {
        int features = count();
        int histories = features - windowFeatures;
        for (int f = windowFeatures; f < features; f++) {
            long code = historyCodes[i * histories + f - windowFeatures];
            for (int back = 1; back <= historyEmissions[f]; back++) {
                code = step(code, i - back >= 0 ? emissions[i - back] : -1);
            }
            rows[at + i * features + f] = row(code);
        }
    }

    private long code(int[] tokens, int i, int f) {
        long code = seeds[f];
        for (int p = i - lefts[f]; p <= i + rights[f]; p++) {
            code = step(code, p >= 0 && p < tokens.length ? tokens[p] : -1);
        }
        return code;
    }

    private int row(long code) {
        return (int) (mix(code) >>> shift);
    }

    private static long step(long code, int symbol) {
        return (Long.rotateLeft(code, 23) ^ (symbol + 2)) * MULTIPLIER;
    }

    /** Stafford's variant 13 of the finalizer of MurmurHash3: every bit of the argument moves every bit of the result. */
    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
