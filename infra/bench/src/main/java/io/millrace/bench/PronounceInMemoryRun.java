package io.millrace.bench;

import java.util.Locale;

/** Runs {@link PronounceInMemory} and prints how the held-out errors fall. */
public final class PronounceInMemoryRun {

    private static final int HELD_OUT = 5_000;
    private static final int WORDS_A_LINE = 20_000;

    private PronounceInMemoryRun() {}

    /** @param args passes over the demonstrations, seconds of feedback, the first learning rate of feedback */
    public static void main(String[] args) {
        int passes = Integer.parseInt(args[0]);
        double seconds = Double.parseDouble(args[1]);
        double rate = Double.parseDouble(args[2]);
        var run = new PronounceInMemory();
        run.demonstrate(passes);
        double before = run.wordError(HELD_OUT);
        print(String.format(
                Locale.ROOT, "%d passes over the demonstrations, %.0f gradients/s", passes, run.gradientsPerSecond()));
        print(String.format(Locale.ROOT, "word error %.4f, phoneme error %.4f", before, run.phonemeError(HELD_OUT)));
        long start = System.nanoTime();
        for (long words = WORDS_A_LINE; elapsed(start) < seconds; words += WORDS_A_LINE) {
            double score = run.listen(WORDS_A_LINE, rate * Math.max(0.1, 1 - 0.9 * elapsed(start) / seconds));
            print(String.format(Locale.ROOT, "%.0f s, %,d words asked, mean score %.4f", elapsed(start), words, score));
        }
        double after = run.wordError(HELD_OUT);
        print(String.format(Locale.ROOT, "word error %.4f, phoneme error %.4f", after, run.phonemeError(HELD_OUT)));
        double fall = 100 * (1 - after / before);
        print(String.format(
                Locale.ROOT, "word error fell by %.1f%% of itself, %.0f gradients/s", fall, run.gradientsPerSecond()));
    }

    private static double elapsed(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
